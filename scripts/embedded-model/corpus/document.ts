import type { CorpusLanguage } from './names.ts'

/** The kinds of document; each ends with the same terminator, whatever stands in it. */
export type Form = 'forward' | 'reverse' | 'outline' | 'outlined' | 'modules' | 'revision' | 'critique' | 'tests'

/** What stands behind each control token, in their order. */
export interface Document {
  form: Form
  language: CorpusLanguage
  family: string
  sections: [tag: string, text: string][]
}

const tags: Record<CorpusLanguage, string> = { python: 'py', typescript: 'ts' }

/** A document in one language: `document('forward', ..., [['inst', ...], ['code', ...]])`. */
export function documentOf(form: Form, { language, family }: { language: CorpusLanguage; family: string }, sections: [string, string][]): Document {
  return { form, language, family, sections: [[tags[language], ''], ...sections] }
}
