import type { ModelChoice } from '../records/model-choice.ts'

/** What could write here, as far as it was looked for: what is named ends the search. */
export interface ModelsFound {
  /** As `--model` takes it, and the flag, variable or file that says so. */
  named?: { model: string; place: string }
  /** Servers on this machine that answer, in the order in which they are preferred, with the models that they serve. */
  servers: readonly { server: string; url: string; models: readonly string[] }[]
  /** Model files in the user's folder of them, the newest first. */
  files: readonly { name: string; path: string }[]
  folder: string
}

/** A model as `--model` takes it, and why it is that one. */
export interface Chosen extends Pick<ModelChoice, 'because' | 'detail'> {
  model: string
}

const notWriters = /embed|rerank|whisper|mmproj|clip|bge-/i

/** The model that writes: the one that is named (by a flag, the environment or the settings), else one of a server on this machine, else a file of the user's own, else the embedded one. */
export function chooseModel({ named, servers, files, folder }: ModelsFound): Chosen {
  if (named !== undefined) return { model: named.model, because: 'named', detail: `named by ${named.place}` }
  for (const { server, url, models } of servers) {
    const [first, ...others] = models.filter((name) => !notWriters.test(name))
    if (first === undefined) continue
    const among = others.length === 0 ? '' : `, and it is the first of the ${others.length + 1} models there`
    return { model: `${url}#${first}`, because: 'local-server', detail: `no model is named, and ${server} answers at ${url}${among}` }
  }
  const nothing = 'no model is named, no server of models answers on this machine'
  const file = files.find(({ name }) => !notWriters.test(name) && isBeginning(name))
  if (file !== undefined) return { model: `llama:${file.path}`, because: 'model-file', detail: `${nothing}, and ${file.name} is the newest model file in ${folder}` }
  return { model: 'embedded', because: 'embedded', detail: `${nothing}, and there is no model file in ${folder}` }
}

/** A model in several files is named by its first. */
function isBeginning(name: string): boolean {
  return !/-\d{5}-of-\d{5}\.gguf$/.test(name) || name.includes('-00001-of-')
}

/** What else could write, for somebody whose model cannot: `keys` and `programs` are what the environment offers, as `--model` takes them. */
export function nextBest(found: Omit<ModelsFound, 'named'>, { not, keys, programs }: { not: string; keys: readonly string[]; programs: readonly string[] }): string {
  const next = chooseModel(found)
  const candidates = [...(next.because === 'embedded' ? [] : [next.model]), ...keys, ...programs.map((program) => `'${program}'`), 'embedded']
  const best = candidates.find((model) => model !== not)
  if (best !== undefined) return `the next best is --model ${best}`
  return 'the next best is a model of your own: start a server (ollama serve), or set OPENAI_API_KEY and name it with --model openai:NAME'
}
