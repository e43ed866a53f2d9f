import { z } from 'zod'
import { peek } from './http.ts'
import { printable } from './http-failure.ts'
import type { OpenAiEndpoint } from './openai-endpoint.ts'

const Models = z.object({ data: z.array(z.object({ id: z.string(), owned_by: z.string().nullish() })) })

// Where the common servers say what they are. Paths are relative to the root, without `/v1`.
const sources = [
  { name: 'version', path: '/version', field: 'version' },
  { name: 'version', path: '/api/version', field: 'version' },
  { name: 'build', path: '/props', field: 'build_info' },
  { name: 'version', path: '/get_server_info', field: 'version' },
]

/** What the server says of itself. A new version may score otherwise, so what was probed holds for these versions only. */
export async function serverVersions(
  { url, model, http, extra }: OpenAiEndpoint,
  { signal }: { signal?: AbortSignal },
): Promise<Record<string, string>> {
  const options = { headers: http.headers, ...(signal === undefined ? {} : { signal }) }
  const models = Models.safeParse(await peek(`${url}/models`, options))
  // Fields of our own change what the model gives as much as another version does.
  const fields = Object.keys(extra).length === 0 ? {} : { fields: JSON.stringify(extra) }
  const found: Record<string, string> = { endpoint: withoutCredentials(url), ...fields }
  const owner = models.data?.data.find(({ id }) => id === model)?.owned_by ?? models.data?.data[0]?.owned_by
  if (owner !== null && owner !== undefined) found['owner'] = printable(owner)
  for (const { name, path, field } of sources) {
    const value = await peek(`${url.replace(/\/v\d+$/, '')}${path}`, options)
    const version = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined
    if (typeof version !== 'string') continue
    found[name] = printable(version)
    break
  }
  return found
}

/** The names of the models that an endpoint says it serves; undefined where none answers, or it does not say. */
export async function servedModels(url: string, options: { signal?: AbortSignal } = {}): Promise<string[] | undefined> {
  const models = Models.safeParse(await peek(`${url}/models`, { headers: {}, ...options }))
  return models.data?.data.map(({ id }) => printable(id))
}

function withoutCredentials(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
