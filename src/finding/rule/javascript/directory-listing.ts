import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const check = (): Report => reportAt('habit')

export const directoryListing = defineRule({
  id: 'javascript/directory-listing',
  title: 'Folder listed for visitors',
  cwe: 548,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message: 'Visitors see the names of all files, backups and keys among them. Serve single files, or a list that you make.',
  listeners: [onCall(['serve-index', 'express.directory', 'koa-serve-index'], check)],
})
