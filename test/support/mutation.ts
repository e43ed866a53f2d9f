import * as fc from 'fast-check'

/** Programs that were cut off, and changed at random places: what a model's reply looks like on a bad day. */
export function brokenPrograms(originals: readonly string[]): fc.Arbitrary<string> {
  const place = fc.double({ min: 0, max: 1, noNaN: true })
  const inserted = fc.oneof(
    fc.string({ maxLength: 8, unit: 'binary' }),
    fc.constantFrom(
      ...'()[]{}:,"\'\\\n\t#'.split(''),
      '"""',
      'def ',
      'if 1:\n',
      '\n    ',
      '```',
      '`${',
      '=> {',
      'function ',
      'class A {',
      '/*',
      '<a>',
      'async ',
    ),
  )
  const change = fc.record({ from: place, length: fc.nat(60), inserted, again: fc.boolean() })
  return fc
    .tuple(fc.constantFrom(...originals), fc.array(change, { minLength: 1, maxLength: 4 }), place)
    .map(([original, changes, end]) => changes.reduce(apply, original).slice(0, Math.ceil(original.length * (0.2 + end))))
}

function apply(
  text: string,
  { from, length, inserted, again }: { from: number; length: number; inserted: string; again: boolean },
): string {
  const at = Math.floor(from * text.length)
  return text.slice(0, at) + inserted + (again ? text.slice(Math.max(0, at - length)) : text.slice(at + length))
}
