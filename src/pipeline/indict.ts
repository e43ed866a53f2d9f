import { answerKey } from '../behavior/answer-key.ts'
import { shownCall } from '../behavior/shown.ts'
import { extractCode } from '../candidate/extract-code.ts'
import { actorPrompt, cuttingFor } from '../critique/actor-prompt.ts'
import { type Answered, askInTurn, type AskOptions } from '../critique/answer.ts'
import { discuss } from '../critique/dialogue.ts'
import { folderPassages } from '../critique/knowledge/folder.ts'
import { Knowledge } from '../critique/knowledge/knowledge.ts'
import type { Cutting } from '../critique/one-function.ts'
import type { Scene } from '../critique/scene.ts'
import { rulesById } from '../finding/rules.ts'
import { redactModel } from '../model/redacted.ts'
import type { Model } from '../ports.ts'
import type { Candidate, ChangedFile } from '../records/candidate.ts'
import type { Claim, CriticRole, Dialogue } from '../records/critique.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Examined, Objection, Repair, RepairTarget } from '../records/repair.ts'
import { assess } from '../revision/accept.ts'
import { floorInForce } from '../verdict/in-force.ts'
import type { TaskRequest } from '../task/read-task.ts'
import { underAttack } from './attacks.ts'
import { calling, type WithModels } from './context.ts'
import { criticTools } from './critic-tools.ts'
import { examineMore } from './examine.ts'
import { exhibitsOf, targetsOf } from './exhibits.ts'

export interface IndictOptions {
  /** The programs that are criticised, the best first. */
  programs: readonly Candidate[]
  request: TaskRequest
}

/**
 * Critics speak about each program before its run is looked at and after it, and its writer revises it (INDICT, arXiv:2407.02518). What they say
 * decides nothing: a revision takes its parent's place by what is seen of it alone. A budget that ends in the middle leaves the best so far.
 */
export async function indict(evidence: Evidence, options: IndictOptions, context: WithModels): Promise<Evidence> {
  const session = new Session(evidence, options, context)
  try {
    for (const program of options.programs) await session.criticise(program)
  } finally {
    session.close()
  }
  return session.evidence
}

const stages = ['pre-emptive', 'post-hoc'] as const

/** One run of critics over some programs; `evidence` grows as they speak and as revisions are accepted. */
class Session {
  evidence: Evidence
  readonly #options: IndictOptions
  readonly #context: WithModels
  readonly #roles: Record<CriticRole, readonly Model[]>
  readonly #coder: Model
  readonly #knowledge: Knowledge
  readonly #absent = new Set<string>()
  #isSpent = false

  constructor(evidence: Evidence, options: IndictOptions, context: WithModels) {
    const { models, configuration } = context
    this.evidence = { ...evidence, dialogues: [], repairs: [] }
    this.#options = options
    this.#context = context
    // Whoever opened the models may have done so already: nothing that looks like a secret leaves for a critic.
    this.#coder = redactModel(models.coder)
    const critics = (role: CriticRole) => (models.critics?.[role] ?? [models.coder]).map((model) => redactModel(model))
    this.#roles = { safety: critics('safety'), helpfulness: critics('helpfulness'), summariser: critics('summariser') }
    this.#knowledge = new Knowledge({ rules: [...rulesById().values()], passages: folderPassages(configuration.critique.knowledge) })
    if (configuration.critique.toolCalls > 0) this.#knowledge.build()
  }

  close(): void {
    this.#knowledge.close()
  }

  async criticise(program: Candidate): Promise<void> {
    const first = examinedIn(this.evidence, program)
    if (first === undefined || this.#isSpent) return
    let parent: Examined = first
    const past: string[] = []
    for (let round = 1; round <= this.#context.configuration.critique.rounds; round++) {
      const before: Examined = parent
      for (const stage of stages) {
        const dialogue = await this.#discuss(parent, { round, stage, past })
        past.push(...pastOf(dialogue))
        parent = examinedIn(this.evidence, parent.candidate) ?? parent
        if (!this.#isSpent) parent = await this.#revise(parent, { dialogue, past })
        if (this.#isSpent) return
      }
      // Nothing is gained by saying it again.
      if (parent.candidate === before.candidate) return
    }
  }

  async #discuss(program: Examined, { round, stage, past }: { round: number; stage: Dialogue['stage']; past: readonly string[] }): Promise<Dialogue> {
    const { configuration, record, onProgress, signal } = this.#context
    const { turns, toolCalls, toolSeconds } = configuration.critique
    const { task } = this.evidence
    const tools = criticTools({ program: program.candidate, task, request: this.#options.request, knowledge: this.#knowledge, context: this.#context })
    const dialogue = await discuss(this.#sceneOf(program, stage, past), {
      ...this.#asking(),
      roles: this.#roles,
      candidate: program.screening.candidate,
      round,
      mostTurns: turns,
      tools: toolCalls === 0 ? [] : tools,
      mostCalls: toolCalls,
      toolTimeoutMs: toolSeconds * 1000,
      absent: this.#absent,
      ...(signal && { signal }),
    })
    // A program that is too long for a model says nothing of the next one.
    for (const { role, absences } of dialogue.turns) for (const { model, reason } of absences) if (reason !== 'unsuited') this.#absent.add(`${role} ${model}`)
    this.#isSpent ||= dialogue.stop === 'budget'
    this.evidence = { ...this.evidence, dialogues: [...(this.evidence.dialogues ?? []), dialogue] }
    record?.('dialogue', dialogue)
    this.evidence = await underAttack(this.evidence, [program.candidate], this.#context)
    onProgress?.({ kind: 'discussed', dialogue, id: program.candidate.id })
    return dialogue
  }

  /** Asks for revisions until nothing is wrong any more that evidence shows, or as often as it is allowed. */
  async #revise(program: Examined, { dialogue, past }: { dialogue: Dialogue; past: string[] }): Promise<Examined> {
    const { critique, generate } = this.#context.configuration
    const floor = floorInForce(this.#context.configuration)
    let parent = program
    let advice = dialogue.instructions
    for (let attempt = 0; attempt < critique.attempts; attempt++) {
      const targets = targetsOf(parent, { task: this.evidence.task, floor })
      if (targets.length === 0) return parent
      // Who can be told of one thing alone is told of another one each time.
      const turned = [...targets.slice(attempt % targets.length), ...targets.slice(0, attempt % targets.length)]
      const scene = this.#sceneOf(parent, dialogue.stage, [])
      const asking = { ...this.#asking(), models: [this.#coder], temperature: attempt === 0 ? 0 : generate.temperature, attempt: this.#count }
      const answered = await askInTurn(({ kind }) => actorPrompt(scene, { targets: turned, instructions: advice }, kind), asking)
      const { repair, child, seen } = await this.#repairBy(answered, { parent, dialogue, targets, first: turned[0] })
      this.#keep(repair, seen)
      if (answered.kind === 'budget') {
        this.#isSpent = true
        return parent
      }
      if (child === undefined) {
        const refused = `A revision was refused: ${repair.objections.map(({ detail }) => detail).join('; ')}`
        past.push(refused)
        advice = [dialogue.instructions, refused].filter((part) => part !== '').join('\n\n')
        if (answered.kind === 'nobody') return parent
      } else parent = child
    }
    return parent
  }

  /** What an answer of the actor comes to. `child` and `seen` are there where it was accepted. */
  async #repairBy(answered: Answered, { parent, dialogue, targets, first }: { parent: Examined; dialogue: Dialogue; targets: Repair['targets']; first: RepairTarget | undefined }) {
    const { task, inputs } = this.evidence
    const common = {
      id: `${parent.candidate.id.replace(/-r\d+$/, '')}-r${this.#count + 1}`,
      of: parent.candidate.id,
      parent: parent.screening.candidate,
      round: dialogue.round,
      stage: dialogue.stage,
      actor: `${this.#coder.driver}/${this.#coder.name}`,
      ...(answered.kind === 'answered' && { prompt: answered.prompt }),
      targets,
    }
    const refused = (objections: Objection[], more: Partial<Repair> = {}): { repair: Repair; child?: Examined; seen?: Evidence } => ({ repair: { ...common, mended: [], fate: 'refused', objections, ...more } })
    if (answered.kind === 'budget') return refused([{ check: 'program', detail: 'BUDGET_SPENT: the budget ended before it was written' }])
    if (answered.kind === 'nobody') return refused([{ check: 'program', detail: answered.absences.map(({ reason, detail }) => `${reason}: ${detail}`).join('; ').slice(0, 400) || 'nobody was asked' }])
    const cut = answered.asked.kind === 'tagged' ? cuttingFor({ task, files: parent.candidate.files }, first) : undefined
    const files = cut === undefined ? filesIn(answered, { parent: parent.candidate, entryPoint: task.entryPoint }) : withFunction(answered, { parent: parent.candidate, cut })
    if (files === undefined) return refused([{ check: 'program', detail: 'the answer holds no program' }])
    const candidate: Candidate = { ...parent.candidate, id: common.id, files, model: this.#coder.name }
    // What is refused is no part of the evidence: it is kept with its refusal.
    const { record: _, onProgress: __, ...unheard } = this.#context
    const seen = await underAttack(await examineMore(this.evidence, [candidate], unheard), [candidate], unheard)
    const child = examinedIn(seen, candidate)
    if (child === undefined) return refused([{ check: 'program', detail: 'it could not be looked at' }])
    const { mended, objections } = assess(child, parent, { task, inputs: inputs.map(({ call }) => call), targets, keyOf: answerKey, shownCall: (call) => shownCall(task.language, call) })
    if (answered.isCutOff) objections.push({ check: 'program', detail: 'the answer breaks off' })
    if (objections.length > 0) return refused(objections, { child, mended })
    const repair: Repair = { ...common, child, mended, fate: 'accepted', objections }
    return { repair, child, seen }
  }

  #keep(repair: Repair, seen: Evidence | undefined): void {
    const { record, onProgress } = this.#context
    this.evidence = { ...(seen ?? this.evidence), dialogues: this.evidence.dialogues ?? [], repairs: [...(this.evidence.repairs ?? []), repair] }
    const { child } = repair
    if (repair.fate === 'accepted' && child !== undefined) {
      record?.('candidate', child.candidate)
      record?.('screening', child.screening)
      if (child.scan !== undefined) record?.('scan', child.scan)
      if (child.execution !== undefined) record?.('execution', child.execution)
    }
    record?.('repair', repair)
    onProgress?.({ kind: 'repaired', repair })
  }

  /** Revisions that were asked for so far. */
  get #count(): number {
    return this.evidence.repairs?.length ?? 0
  }

  #sceneOf(program: Examined, stage: Dialogue['stage'], past: readonly string[]): Omit<Scene, 'turns' | 'tools'> & Pick<Scene, 'turns' | 'tools'> {
    const { task } = this.evidence
    return { task, files: program.candidate.files, stage, exhibits: exhibitsOf(program, this.evidence, stage), past, turns: [], tools: [], seed: this.#context.configuration.seed }
  }

  #asking(): Omit<AskOptions, 'models'> {
    const { configuration } = this.#context
    return { ...calling(this.#context), maxTokens: configuration.generate.maxTokens, temperature: 0, seed: configuration.seed, timeoutMs: configuration.critique.answerSeconds * 1000 }
  }
}

/** What is known of a candidate. One that is equal to another but for its layout has what was seen of that one. */
function examinedIn({ screenings, scans, executions }: Evidence, candidate: Candidate): Examined | undefined {
  const screening = screenings.find(({ ids }) => ids.includes(candidate.id))
  if (screening === undefined) return undefined
  const scan = scans.find((one) => one.candidate === screening.candidate)
  const execution = executions.find((one) => one.candidate === screening.candidate)
  return { candidate, screening, ...(scan && { scan }), ...(execution && { execution }) }
}

/** The files of a revision: what the answer holds, beside what it leaves as it was. */
function filesIn({ text, isCutOff }: { text: string; isCutOff: boolean }, { parent, entryPoint }: { parent: Candidate; entryPoint: string | undefined }): ChangedFile[] | undefined {
  const several = parent.files.length > 1
  const wanted = { language: parent.language, continues: false, workspace: several, ...(entryPoint === undefined ? {} : { entryPoint }) }
  const extracted = extractCode({ text, ending: isCutOff ? 'cut-off' : 'complete' }, wanted)
  if (extracted.kind === 'no-code') return undefined
  const changed = extracted.files.map(({ path, content }) => ({ path, content: content.toWellFormed() }))
  const [main] = parent.files
  const paths = new Set(parent.files.map(({ path }) => path))
  // A program alone in its block is the main file, whatever it is called there.
  if (changed.length === 1 && !paths.has(changed[0]!.path)) changed[0]!.path = main!.path
  const byPath = new Map(changed.map((file) => [file.path, file]))
  return [...parent.files.map((file) => byPath.get(file.path) ?? file), ...changed.filter(({ path }) => !paths.has(path))]
}

/** The program with one function revised. */
function withFunction({ text, isCutOff }: { text: string; isCutOff: boolean }, { parent, cut }: { parent: Candidate; cut: Cutting }): ChangedFile[] | undefined {
  const [main, ...others] = parent.files
  const extracted = extractCode({ text, ending: isCutOff ? 'cut-off' : 'complete' }, { language: parent.language, continues: false, workspace: false })
  if (extracted.kind === 'no-code' || main === undefined) return undefined
  return [{ path: main.path, content: cut.put(extracted.files[0]!.content.toWellFormed()) }, ...others]
}

/** What a later dialogue is told of an earlier one. */
function pastOf({ round, stage, turns }: Dialogue): string[] {
  const said = turns.flatMap(({ claims }) => claims).filter(({ kind }: Claim) => kind !== 'approval')
  return said.length === 0 ? [] : [`Round ${round}, ${stage}:\n${said.map(({ standing, text }) => `- (${standing}) ${text}`).join('\n')}`]
}
