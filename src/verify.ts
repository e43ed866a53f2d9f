// What a verifier needs and nothing else: no model, no network. Attestations, the ledger and the gate's decision join it as they land.
export { canonicalJson, digestBytes, digestRecord } from './records/digest.ts'
export { Verdict } from './records/verdict.ts'
