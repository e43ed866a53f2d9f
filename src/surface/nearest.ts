export { nearest } from '../records/nearest.ts'
