import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { families, heldOutFamilies } from '../scripts/embedded-model/corpus/families/index.ts'
import type { Family } from '../scripts/embedded-model/corpus/family.ts'
import { derive, partsOf, randomChooser, weak } from '../scripts/embedded-model/corpus/grammar.ts'
import { heldOutList } from '../scripts/embedded-model/corpus/held-out.ts'
import { heldOutNames, namesFor } from '../scripts/embedded-model/corpus/names.ts'
import { ask, frames, phrasesOf } from '../scripts/embedded-model/corpus/phrase.ts'
import { programText, repairOf, skeletonsOf } from '../scripts/embedded-model/corpus/program.ts'
import { Random } from '../scripts/embedded-model/corpus/random.ts'

const languages = ['python', 'typescript'] as const
const each = families.map((family) => [family.name, family] as const)

test.each(each)('%s is asked for in many ways, with all of its names', (_, family) => {
  expect(family.phrases.length).toBeGreaterThanOrEqual(6)
  const random = new Random(3)
  for (const language of languages) {
    const names = namesFor(family, { language, split: 'train', random })
    for (let count = 0; count < 40; count += 1) {
      const { text } = ask(family, names, { language, split: 'train', random, careful: count % 2 === 0 })
      expect(text).not.toMatch(/\$[a-z]|\[\w[^\]]*\/|\{(?:none|true|false|dict|list|call|does|do)\}/i)
      expect(text).toContain(`${names['f']}(`)
    }
  }
})

test.each(each)('%s: every part has a sound alternative and is used', (_, family) => {
  for (const language of languages) {
    const { grammar } = family[language]
    const used = new Set(['program', ...Object.values(grammar).flatMap((parts) => parts.flatMap((part) => [...(typeof part === 'string' ? part : part.text).matchAll(/<([a-z_]+)>/g)].map(([, name]) => name)))])
    for (const name of Object.keys(grammar)) {
      expect(used, `${family.name} ${language}`).toContain(name)
      expect(partsOf(grammar, name).some(({ flaw }) => flaw === undefined), `${family.name} ${language} <${name}>`).toBe(true)
    }
  }
})

test('training never sees the names, sentences and phrases that are held out', () => {
  const random = new Random(5)
  for (const [, family] of each) {
    for (const language of languages) {
      const plain = { language, random, careful: false, noisy: true }
      const shown = Array.from({ length: 60 }, () => ask(family, namesFor(family, { language: 'python', split: 'train', random }), { ...plain, split: 'train' }).text).join('\n')
      for (const frame of frames['held-out']) expect(shown).not.toContain(frame.slice(0, frame.indexOf('{')))
      expect(phrasesOf(family, 'train').filter((phrase) => phrasesOf(family, 'held-out').includes(phrase))).toEqual([])
      const names = Array.from({ length: 60 }, () => namesFor(family, { language: 'python', split: 'train', random })['f'] ?? '')
      expect(names.filter(heldOutNames)).toEqual([])
    }
  }
})

test('a repair takes its flaw away and brings no other', () => {
  const flawed = families.flatMap((family) => languages.flatMap((language) => skeletonsOf(family, language).filter(({ derivation }) => derivation.flaws.length > 0)))
  expect(flawed.length).toBeGreaterThan(100)
  for (const skeleton of flawed) {
    const [flaw] = skeleton.derivation.flaws
    if (flaw === undefined) continue
    const { derivation } = repairOf(skeleton, flaw.part)
    const others = new Set(skeleton.derivation.flaws.map(({ part }) => part).filter((part) => part !== flaw.part))
    // What stood below the flawed part may go with it.
    for (const { part } of derivation.flaws) expect(others).toContain(part)
  }
})

test('a part alone on its line takes the line away where it is empty, and its indentation where it is not', () => {
  const grammar = { program: ['def $f():\n    <check>\n    return <value>'], check: ['if 1:\n    pass', weak('CWE-1', 'nothing is checked', '')], value: ['1'] }
  expect(derive(grammar, () => 0).text).toBe('def $f():\n    if 1:\n        pass\n    return 1\n')
  expect(derive(grammar, (part) => (part === 'check' ? 1 : 0))).toMatchObject({ text: 'def $f():\n    return 1\n', flaws: [{ part: 'check', cwe: 'CWE-1' }] })
})

test('the same seed makes the same program', () => {
  const [family] = families as [Family]
  const once = () => derive(family.python.grammar, randomChooser(new Random(9), { flawed: 0.5, most: 2 })).text
  expect(once()).toBe(once())
})

test('imports follow from what is used', () => {
  const derivation = { choices: [], flaws: [], text: 'def $f(name):\n    <doc>\n    return os.path.join(name, re.escape(name))\n' }
  expect(programText({ derivation, language: 'python' }, { f: 'go' }, 'Joins.')).toBe('import os\nimport re\n\ndef go(name):\n    """Joins."""\n    return os.path.join(name, re.escape(name))\n')
})

test('the list of what is held out is the one that the corpus keeps to', () => {
  const listed: unknown = JSON.parse(readFileSync(new URL('../scripts/embedded-model/held-out.json', import.meta.url), 'utf8'))
  const { implementations: _, ...kept } = heldOutList(families, heldOutFamilies, [])
  expect(listed).toMatchObject(kept)
})
