/** What the weights that come with the package are; written by scripts/embedded-model/familiarity/main.ts when they change. */
export const embeddedWeights = 'sha256:0000000000000000000000000000000000000000000000000000000000000000'
