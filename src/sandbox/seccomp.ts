/**
 * The system-call filter of a candidate, as the classic BPF program that the kernel takes. Everything a runtime needs is allowed;
 * what widens the kernel's surface, reaches other processes or makes new privileges is refused with EPERM, so that a program sees
 * an ordinary error. Numbers: x64 from `syscall_64.tbl`, arm64 from `unistd.h` (asm-generic).
 */
export type Architecture = 'x64' | 'arm64'

const both = (number: number): [number, number] => [number, number]
const onlyX64 = (number: number): [number, undefined] => [number, undefined]

/** Refused whatever their arguments: name -> number on [x64, arm64]. */
export const refusedCalls: Readonly<Record<string, readonly [number, number | undefined]>> = {
  // Namespaces, mounts and roots.
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: both(428),
  move_mount: both(429),
  fsopen: both(430),
  fsconfig: both(431),
  fsmount: both(432),
  fspick: both(433),
  mount_setattr: both(442),
  open_tree_attr: both(467),
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  // Other processes' memory and descriptors.
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: both(440),
  pidfd_getfd: both(438),
  kcmp: [312, 272],
  // Large or seldom-used parts of the kernel.
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: both(425),
  io_uring_enter: both(426),
  io_uring_register: both(427),
  fanotify_init: [300, 262],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  personality: [135, 92],
  migrate_pages: [256, 238],
  move_pages: [279, 239],
  modify_ldt: onlyX64(154),
  uselib: onlyX64(134),
  ustat: onlyX64(136),
  sysfs: onlyX64(139),
  // Memory that no limit of ours counts.
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  shmget: [29, 194],
  msgget: [68, 186],
  semget: [64, 190],
  // The machine itself.
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  syslog: [103, 116],
  acct: [163, 89],
  quotactl: [179, 60],
  quotactl_fd: both(443),
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  adjtimex: [159, 171],
  clock_adjtime: [305, 266],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  vhangup: [153, 58],
  iopl: onlyX64(172),
  ioperm: onlyX64(173),
}

const numbers = {
  x64: { clone: 56, clone3: 435, socket: 41, ioctl: 16 },
  arm64: { clone: 220, clone3: 435, socket: 198, ioctl: 29 },
} as const
const auditArchitecture = { x64: 0xc000003e, arm64: 0xc00000b7 } as const

/** CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const NEW_NAMESPACES = 0x80 | 0x20000 | 0x2000000 | 0x4000000 | 0x8000000 | 0x10000000 | 0x20000000 | 0x40000000
/** A network namespace does not separate every family (AF_VSOCK reaches the hypervisor): AF_UNIX, AF_INET, AF_INET6 and no other. */
const FAMILIES = [1, 2, 10]
/** Both push characters into a terminal: TIOCSTI, TIOCLINUX. */
const TERMINAL_REQUESTS = [0x5412, 0x541c]
const X32_BIT = 0x40000000

const EPERM = 1
const ENOSYS = 38
export const ALLOW = 0x7fff0000
export const KILL_PROCESS = 0x80000000
export const refusal = (errno: number): number => 0x00050000 | errno

// `struct seccomp_data`: number, architecture, instruction pointer, six arguments of 64 bits (the lower half first).
const NUMBER = 0
const ARCHITECTURE = 4
const argument = (index: number): number => 16 + 8 * index

export interface Instruction {
  code: number
  jumpTrue: number
  jumpFalse: number
  k: number
}
const step = (code: number, k: number, jumpTrue = 0, jumpFalse = 0): Instruction => ({ code, jumpTrue, jumpFalse, k })
const load = (offset: number): Instruction => step(0x20, offset)
const answer = (value: number): Instruction => step(0x06, value)
/** Runs `then` (which must end in an answer) when the comparison holds, and goes on behind it otherwise. */
const when = (code: number, k: number, then: Instruction[]): Instruction[] => [step(code, k, 0, then.length), ...then]
const EQUAL = 0x15
const AT_LEAST = 0x35
const ANY_BIT = 0x45

export function seccompProgram(architecture: Architecture): Instruction[] {
  const { clone, clone3, socket, ioctl } = numbers[architecture]
  const refuse = answer(refusal(EPERM))
  const column = architecture === 'x64' ? 0 : 1
  const refused = Object.values(refusedCalls).flatMap((pair) => pair[column] ?? [])
  return [
    load(ARCHITECTURE),
    step(EQUAL, auditArchitecture[architecture], 1, 0),
    answer(KILL_PROCESS),
    load(NUMBER),
    ...(architecture === 'x64' ? when(AT_LEAST, X32_BIT, [answer(KILL_PROCESS)]) : []),
    ...refused.flatMap((number) => when(EQUAL, number, [refuse])),
    // Its flags lie in memory, where no filter can read them: as if the kernel were older, and libraries fall back to clone.
    ...when(EQUAL, clone3, [answer(refusal(ENOSYS))]),
    ...when(EQUAL, clone, [load(argument(0)), ...when(ANY_BIT, NEW_NAMESPACES, [refuse]), answer(ALLOW)]),
    ...when(EQUAL, socket, [load(argument(0)), ...FAMILIES.flatMap((family) => when(EQUAL, family, [answer(ALLOW)])), refuse]),
    ...when(EQUAL, ioctl, [load(argument(1)), ...TERMINAL_REQUESTS.flatMap((request) => when(EQUAL, request, [refuse])), answer(ALLOW)]),
    answer(ALLOW),
  ]
}

/** The program as an array of `struct sock_filter`. */
export function encodeProgram(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8)
  for (const [index, { code, jumpTrue, jumpFalse, k }] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8)
    bytes.writeUInt8(jumpTrue, index * 8 + 2)
    bytes.writeUInt8(jumpFalse, index * 8 + 3)
    bytes.writeUInt32LE(k >>> 0, index * 8 + 4)
  }
  return bytes
}
