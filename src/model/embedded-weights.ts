/** What the weights that come with the package are; written by scripts/embedded-model/familiarity/main.ts when they change. */
export const embeddedWeights = 'sha256:b9a7b5d7fb3fe66c1802e6160de48250fbafa28001dbcc671829cc22414ecc95'
