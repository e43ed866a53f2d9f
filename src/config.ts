import { z } from 'zod'
import { Confidence, Severity, Tier } from './records/finding.ts'
import { Price } from './records/spend.ts'
import { Strategy } from './records/strategy.ts'

const positive = z.int().min(1)
const unread = z.enum(['block', 'allow'])

/** What no chosen program may have. */
export const Floor = z.strictObject({
  /** A finding that is this or worse in all three is below the floor. */
  tier: Tier,
  severity: Severity,
  confidence: Confidence,
  /** Whether a candidate that could not be read to its end may be chosen, by its language. It never counts as clear. */
  unknown: z.strictObject({ python: unread, javascript: unread, typescript: unread }),
})
export type Floor = z.infer<typeof Floor>

/** How programs are written again from the best of their sub-modules (strategy `codechain`). */
export const CodeChainSettings = z.strictObject({
  /** Rounds of writing, the first one among them, at most. */
  rounds: positive.max(20),
  /** Clusters of sub-modules in the second round, and one less in each further round; or as many as have the best silhouette. */
  clusters: z.union([z.literal('silhouette'), positive.max(50)]),
  /** Which sub-modules are offered: that of each cluster which lies nearest to its middle, as many at random, or none. */
  representatives: z.enum(['clustered', 'random', 'none']),
  /** What places sub-modules: their structure, or a model, as `--model` takes it. */
  embedder: z.string().min(1),
  /** Whether sub-modules that represented others are kept for later tasks (`countersign modules`) where their program passed every test. */
  keep: z.boolean(),
  /** Kept sub-modules of other tasks that are offered besides, at most; 0: none. */
  kept: z.int().min(0).max(20),
})
export type CodeChainSettings = z.infer<typeof CodeChainSettings>

/** How programs are criticised and revised (strategy `indict`). */
export const CritiqueSettings = z.strictObject({
  /** Of the best programs, so many. */
  programs: positive.max(50),
  /** Outer rounds: a dialogue before the program's run is looked at and one after it, each followed by revisions. */
  rounds: positive.max(20),
  /** Turns of both critics together in one dialogue. */
  turns: positive.max(40),
  /** Revisions that are asked for after one dialogue. */
  attempts: positive.max(20),
  /** Whether a program may be chosen in which a weakness is likely: one that the floor would forbid if it were sure, or that is bad and not the worst. */
  likely: unread,
  /** Tools used in one turn. */
  toolCalls: z.int().min(0).max(50),
  /** How long one answer, and one use of a tool, may take. Both are watchdogs and decide nothing else. */
  answerSeconds: positive,
  toolSeconds: positive,
  /** Folders of documentation that critics may search, besides what is built in. */
  knowledge: z.array(z.string().min(1)),
  /** The address of a search of the web, with `{query}` in it; empty: there is none. */
  search: z.string(),
})
export type CritiqueSettings = z.infer<typeof CritiqueSettings>

const someModels = z.union([z.string(), z.array(z.string().min(1)).max(8)])

/** Which model plays which role, as `--model` takes it. Several stand in for one another, the preferred one first; empty: the one that writes. */
export const Roles = z.strictObject({
  /** Writes and revises, and scores; empty: `model` and `generate.reviewer`. */
  coder: z.string(),
  reviewer: z.string(),
  safety: someModels,
  helpfulness: someModels,
  summariser: someModels,
})
export type Roles = z.infer<typeof Roles>

const critique: CritiqueSettings = { programs: 2, rounds: 2, turns: 4, attempts: 3, likely: 'block', toolCalls: 4, answerSeconds: 180, toolSeconds: 20, knowledge: [], search: '' }
const roles: Roles = { coder: '', reviewer: '', safety: '', helpfulness: '', summariser: '' }

/** Everything that can be set, in `countersign.json` or above it. Data, never code; secrets are not settings. */
export const Configuration = z.strictObject({
  /** How one program is chosen: the name of a strategy or the path of its file; in the record of a run, the whole strategy as it was read. */
  strategy: z.union([z.string().min(1), Strategy]),
  strategies: z
    .strictObject({
      /** Where your own strategies lie, so that they have names; empty: nowhere. `~` and relative paths as below. */
      folder: z.string(),
    })
    .default({ folder: '' }),
  seed: z.int().min(0),
  inputs: z.strictObject({
    /** Inputs made for each task by mutating its examples, at most. */
    count: z.int().min(0).max(1000),
  }),
  floor: Floor,
  sandbox: z.strictObject({
    /** `auto`: bubblewrap where it is installed and proves itself, else Deno. */
    driver: z.enum(['auto', 'bubblewrap', 'deno']),
    limits: z.strictObject({
      cpuMs: positive,
      wallMs: positive,
      memoryBytes: positive,
      outputBytes: positive,
      processes: positive,
      fileBytes: positive,
    }),
  }),
  /** Programs run at once; `auto`: one for each core. Never decides anything. */
  concurrency: z.union([z.literal('auto'), positive.max(256)]),
  store: z.strictObject({
    /** Where runs are kept; `~` is the home folder, and a relative path starts at the file that names it. */
    folder: z.string().min(1),
  }),
  // Runs that were recorded before there were models say nothing of them.
  /** Which model writes, as `--model` takes it; empty: none is chosen. */
  model: z.string().default(''),
  models: z
    .strictObject({
      /** Where model files are kept and looked for by name; `~` and relative paths as above. */
      folder: z.string().min(1),
      /** Prices that are asked before those that are built in. */
      prices: z.array(Price).default([]),
      /** Leave for a program as a model whose tools are not known to be switched off. */
      allowAgent: z.boolean().default(false),
    })
    .default({ folder: '~/.local/share/countersign/models', prices: [], allowAgent: false }),
  generate: z
    .strictObject({
      /** Another model, which scores what the first one wrote; empty: that one does it itself. */
      reviewer: z.string(),
      /** Samples beside the direct answer. */
      samples: z.int().min(0).max(1000),
      temperature: z.number().min(0).max(2),
      /** Of the likeliest next tokens that together have this probability one is drawn, as the literature on these methods does; 1: of all. */
      topP: z.number().gt(0).max(1).exactOptional(),
      /** Leaves out what is less likely than this share of the likeliest next token, where a model of this process draws; 0: nothing. */
      minP: z.number().min(0).max(1).exactOptional(),
      /** Tokens of one answer, at most. */
      maxTokens: positive,
      /** How often the model is asked for tests. */
      tests: z.int().min(0).max(100),
      /** What a run may use, as `--budget` takes it. */
      budget: z.string().min(1),
      /** Whether drawing ends once what was seen is settled, where the strategy has that. */
      adaptive: z.boolean().default(true),
      /** How sure that must be: 1 minus the share of runs in which programs that were not drawn would have changed which behaviour wins. */
      confidence: z.number().gt(0.5).lt(1).default(0.8),
    })
    .default({ reviewer: '', samples: 10, temperature: 0.8, maxTokens: 4096, tests: 5, budget: '400k tokens, 200 calls', adaptive: true, confidence: 0.8 }),
  codechain: CodeChainSettings.default({ rounds: 5, clusters: 5, representatives: 'clustered', embedder: 'structural', keep: true, kept: 0 }),
  critique: CritiqueSettings.default(critique),
  roles: Roles.default(roles),
})
export type Configuration = z.infer<typeof Configuration>

/** Every default there is. */
export const defaults: Configuration = {
  strategy: 'hybrid',
  strategies: { folder: '' },
  seed: 1,
  inputs: { count: 60 },
  floor: { tier: 'vulnerability', severity: 'high', confidence: 'high', unknown: { python: 'block', javascript: 'block', typescript: 'block' } },
  sandbox: {
    driver: 'auto',
    limits: { cpuMs: 1000, wallMs: 10_000, memoryBytes: 512 * 2 ** 20, outputBytes: 2 ** 20, processes: 64, fileBytes: 16 * 2 ** 20 },
  },
  concurrency: 'auto',
  store: { folder: '~/.local/state/countersign' },
  model: '',
  models: { folder: '~/.local/share/countersign/models', prices: [], allowAgent: false },
  generate: { reviewer: '', samples: 10, temperature: 0.8, topP: 0.95, minP: 0.05, maxTokens: 4096, tests: 5, budget: '400k tokens, 200 calls', adaptive: true, confidence: 0.8 },
  codechain: { rounds: 5, clusters: 5, representatives: 'clustered', embedder: 'structural', keep: true, kept: 0 },
  critique,
  roles,
}

/** The part of a configuration that can change a verdict; its digest is in the verdict. */
export function deciding({ strategy, seed, inputs, floor, sandbox, codechain, critique }: Configuration) {
  // A name alone, in the record of an earlier run or from a caller of the library, is that of a strategy which comes with the package.
  const rounds = typeof strategy === 'string' ? strategy : strategy.rounds.kind
  return {
    strategy: typeof strategy === 'string' ? strategy : partsOf(strategy),
    seed,
    inputs,
    floor,
    limits: sandbox.limits,
    ...(rounds === 'codechain' && { codechain }),
    ...(rounds === 'indict' && { likely: critique.likely }),
  }
}

/** How it is described decides nothing. */
function partsOf({ name, sampling, evidence, rounds }: Strategy): Omit<Strategy, 'summary'> {
  return { name, sampling, evidence, rounds }
}

/** What the strategy of a run is called. */
export function nameOfStrategy({ strategy }: Pick<Configuration, 'strategy'>): string {
  return typeof strategy === 'string' ? strategy : strategy.name
}
