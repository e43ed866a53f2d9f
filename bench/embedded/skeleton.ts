import type { EvaluationTask } from './task.ts'

type Language = EvaluationTask['language']

/**
 * A program without layout, comments, documentation and the names it gives: the same for all that differ in nothing else. Names that it
 * only uses (of modules, methods and builtins) stay.
 */
export function skeletonOf(language: Language, program: string): string {
  const bare = program.replaceAll(language === 'python' ? /^[ \t]*"""[^]*?"""[ \t]*$|#.*$/gm : /^[ \t]*\/\/.*$|\/\*[^]*?\*\//gm, '')
  const given = namesGiven(language, bare)
  const places = new Map<string, number>()
  const words = [...bare.matchAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_$][\w$]*|\d[\w.]*|\S/g)].map(([word], index, all) => {
    if (!given.has(word) || all[index - 1]?.[0] === '.') return word
    const place = places.get(word) ?? places.size
    places.set(word, place)
    return `$${place}`
  })
  return words.join(' ')
}

const givers: Record<Language, readonly RegExp[]> = {
  python: [/\bdef\s+(\w+)/g, /\bdef\s+\w+\(([^)]*)\)/g, /^\s*([\w, ]+?)\s*(?::[^=\n]*)?=(?!=)/gm, /\bfor\s+([\w, ()]+?)\s+in\b/g, /\bas\s+(\w+)\s*:/g, /\blambda\s+([^:]*):/g, /(\w+)\s*:=/g],
  typescript: [
    /\bfunction\s+(\w+)/g,
    /\bfunction\s+\w+\(([^)]*)\)/g,
    /\b(?:const|let|var)\s+(\w+|\[[^\]]*\]|\{[^}]*\})/g,
    /\(([^()]*)\)\s*(?::[^=>\n]+)?=>/g,
    /\b(\w+)\s*=>/g,
    /\bcatch\s*\((\w+)\)/g,
  ],
}

/** The names that a program gives to its functions, parameters and locals, without the types that stand behind them. */
function namesGiven(language: Language, program: string): Set<string> {
  const lists = givers[language].flatMap((giver) => [...program.matchAll(giver)].map(([, list = '']) => list))
  const names = lists.flatMap((list) => list.replaceAll(/[[\](){}*]/g, '').split(','))
  return new Set(names.flatMap((name) => /^\s*([A-Za-z_$][\w$]*)/.exec(name)?.[1] ?? []))
}
