/** What the weights that come with the package are; written by scripts/embedded-model/familiarity/main.ts when they change. */
export const embeddedWeights = 'sha256:88f5f98ac7b6ec17488074a94ede88e30e4f3700ff1b119e653906b423148bde'
