import type { Dialect } from '../../engine/dialect.ts'

export const javascriptDialect: Dialect = {
  ordersStrictly: false,
  membersAreItems: true,
  closuresAssign: true,
  arithmeticIsNumeric: true,
  runsCallbacks: true,
  routes: {
    // Nest and its like.
    decorator: /^(Get|Post|Put|Patch|Delete|Head|Options|All|MessagePattern|SubscribeMessage|Query|Mutation)$/,
    ofObject: false,
    methods: new Set(),
    base: /^$/,
    handler: { name: /^(handler|main|lambdaHandler)$/, parameter: /^event$/ },
  },
}
