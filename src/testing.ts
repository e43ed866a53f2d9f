// For tests of what is built on Countersign: components that answer from a script.
export { scripted } from './model/scripted.ts'
export type { Script } from './model/scripted.ts'
