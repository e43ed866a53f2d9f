import { existsSync } from 'node:fs'
import { embeddedFile, llamaRelease } from '../../src/index.ts'

/** Why the model that comes with the package cannot be run here; false where it can. */
export async function embeddedSkip(): Promise<false | string> {
  if (!existsSync(embeddedFile)) return 'skipped: needs models/embedded.gguf'
  try {
    await llamaRelease()
    return false
  } catch {
    return 'skipped: needs node-llama-cpp'
  }
}
