import { describe, expect, test } from 'vitest'
import type { Architecture, Instruction } from './seccomp.ts'
import { ALLOW, KILL_PROCESS, encodeProgram, refusal, refusedCalls, seccompProgram } from './seccomp.ts'

interface Call {
  architecture: number
  number: number
  arguments?: number[]
}

/** The kernel's machine, as far as the program uses it. */
function decide(program: readonly Instruction[], { architecture, number, arguments: given = [] }: Call): number {
  let loaded = 0
  for (let at = 0; ; at++) {
    const { code, jumpTrue, jumpFalse, k } = program[at] as Instruction
    const jumpIf = (holds: boolean) => (at += holds ? jumpTrue : jumpFalse)
    if (code === 0x20) loaded = [number, architecture, 0, 0, ...given.flatMap((low) => [low, 0])][k / 4] ?? 0
    else if (code === 0x15) jumpIf(loaded === k)
    else if (code === 0x35) jumpIf(loaded >= k)
    else if (code === 0x45) jumpIf((loaded & k) !== 0)
    else if (code === 0x06) return k
    else throw new Error(`unknown instruction ${code}`)
  }
}

const EPERM = refusal(1)
const ENOSYS = refusal(38)
const machines = {
  x64: { audit: 0xc000003e, other: 0xc00000b7, clone: 56, clone3: 435, socket: 41, ioctl: 16, ordinary: [0, 1, 9, 57, 59, 202, 257, 318] },
  arm64: { audit: 0xc00000b7, other: 0xc000003e, clone: 220, clone3: 435, socket: 198, ioctl: 29, ordinary: [56, 63, 64, 98, 221, 222, 278] },
}

describe.each(Object.keys(machines) as Architecture[])('on %s', (architecture) => {
  const machine = machines[architecture]
  const program = seccompProgram(architecture)
  const ask = (number: number, ...given: number[]) => decide(program, { architecture: machine.audit, number, arguments: given })
  const numbered = Object.entries(refusedCalls).flatMap(([name, pair]): [string, number][] => {
    const number = pair[architecture === 'x64' ? 0 : 1]
    return number === undefined ? [] : [[name, number]]
  })

  test.each(numbered)('%s is refused', (_name, number) => {
    expect(ask(number)).toBe(EPERM)
  })

  test('no two of them have the same number', () => {
    expect(new Set(numbered.map(([, number]) => number)).size).toBe(numbered.length)
  })

  test.each(machine.ordinary)('the ordinary call %i is allowed', (number) => {
    expect(ask(number)).toBe(ALLOW)
  })

  test.each([0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000])('clone with namespace flag %i is refused', (flag) => {
    expect(ask(machine.clone, flag | 17)).toBe(EPERM)
  })

  test('clone of a process or a thread is allowed', () => {
    expect([ask(machine.clone, 17), ask(machine.clone, 0x3d0f00)]).toEqual([ALLOW, ALLOW])
  })

  test('clone3 does not exist, so that libraries fall back to clone', () => {
    expect(ask(machine.clone3)).toBe(ENOSYS)
  })

  test('sockets are of the families that a network namespace separates', () => {
    const allowed = Array.from({ length: 50 }, (_, family) => family).filter((family) => ask(machine.socket, family) === ALLOW)
    expect(allowed).toEqual([1, 2, 10])
  })

  test('nothing is pushed into a terminal', () => {
    expect([0x5412, 0x541c, 0x5401].map((request) => ask(machine.ioctl, 1, request))).toEqual([EPERM, EPERM, ALLOW])
  })

  test("another architecture's calls end the process", () => {
    expect(decide(program, { architecture: machine.other, number: 0 })).toBe(KILL_PROCESS)
  })

  test('every jump stays inside the program, and every instruction takes eight bytes', () => {
    for (const [at, { jumpTrue, jumpFalse }] of program.entries()) expect(at + Math.max(jumpTrue, jumpFalse)).toBeLessThan(program.length)
    expect(encodeProgram(program)).toHaveLength(program.length * 8)
  })
})

test('the x32 numbers of x64 end the process', () => {
  expect(decide(seccompProgram('x64'), { architecture: machines.x64.audit, number: 0x40000000 + 1 })).toBe(KILL_PROCESS)
})

test('an instruction is a struct sock_filter', () => {
  expect(encodeProgram([{ code: 0x15, jumpTrue: 1, jumpFalse: 2, k: 0xc000003e }]).toString('hex')).toBe('150001023e0000c0')
})
