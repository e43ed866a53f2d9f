/** What the weights that come with the package are; written by scripts/embedded-model/familiarity/main.ts when they change. */
export const embeddedWeights = 'sha256:905eca68eb10718bdbc17136fe9b557177016973aabfc460cb9d3783975bd199'
