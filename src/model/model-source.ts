import { CountersignError } from '../errors.ts'

/** Where a model file comes from, and the name that it gets. */
export interface ModelSource {
  url: string
  name: string
  /** Goes to the host of `url` alone, and to none that it points at. */
  token?: string
}

export interface SourceOptions {
  /** Where `hf:` names lead; Hugging Face itself when absent. */
  hub?: string | undefined
  /** For files of that hub that are not for everybody. */
  token?: string | undefined
  /** The name that the file gets, instead of its own. */
  name?: string | undefined
}

const huggingFace = 'https://huggingface.co'

/** Reads `hf:OWNER/REPOSITORY[@REVISION]/FILE` or a URL. */
export function modelSource(text: string, { hub = huggingFace, token, name }: SourceOptions): ModelSource {
  const [, repository, revision = 'main', file] = /^hf:([^/@]+\/[^/@]+)(?:@([^/]+))?\/(.+)$/.exec(text) ?? []
  const own = token === undefined || token.trim() === '' ? {} : { token: token.trim() }
  if (repository !== undefined && file !== undefined) {
    const url = `${hub.replace(/\/+$/, '')}/${repository}/resolve/${revision}/${file.split('/').map(encodeURIComponent).join('/')}`
    return { url, name: fileName(name ?? file), ...own }
  }
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new CountersignError('INPUT_INVALID', `cannot read '${text}': write hf:OWNER/REPOSITORY/FILE.gguf, or the URL of a GGUF file`)
  if (url.username !== '' || url.password !== '')
    throw new CountersignError('INPUT_INVALID', 'a URL with a password in it is not fetched: it would be shown and kept')
  return { url: url.href, name: fileName(name ?? decodeURIComponent(url.pathname)) }
}

// Becomes a name in our folder: nothing of a path, nothing hidden, nothing that a terminal or a shell would take for something else.
function fileName(path: string): string {
  const name = path.split('/').at(-1) ?? ''
  if (/^\w[\w.+-]*\.gguf$/i.test(name)) return name
  throw new CountersignError(
    'INPUT_INVALID',
    `'${name}' is no name for a model file: name it with --as, with letters, digits, dots and dashes, and .gguf at its end`,
  )
}
