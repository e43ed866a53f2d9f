import type { Command } from 'commander'
import { addList } from './models-list.ts'
import { addPull } from './models-pull.ts'
import { addUse } from './models-use.ts'

export function addModels(program: Command): void {
  const models = program
    .command('models')
    .summary('list, fetch and choose models')
    .description('Lists the models that are at hand, fetches model files, and chooses the model that is used when none is named.')
    .addHelpText(
      'after',
      '\nExamples:\n  countersign models list\n  countersign models pull hf:OWNER/REPOSITORY/FILE.gguf\n  countersign models use llama:FILE.gguf',
    )
  for (const add of [addList, addPull, addUse]) add(models)
}
