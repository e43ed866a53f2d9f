import type { Dialect } from '../../engine/dialect.ts'

export const pythonDialect: Dialect = {
  ordersStrictly: true,
  membersAreItems: false,
  closuresAssign: false,
  arithmeticIsNumeric: false,
  runsCallbacks: false,
  membersIn: '__dict__',
  routes: {
    decorator: /^(route|get|post|put|patch|delete|head|options|websocket|api_route|view_config|websocket_route|expose)$/,
    ofObject: true,
    methods: new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'do_GET', 'do_POST', 'do_PUT', 'do_DELETE', 'do_HEAD']),
    base: /(View|Resource|Handler|Endpoint|ViewSet|Controller)$/,
  },
}
