import { defineModel, sink } from '../model.ts'

/** The server side of aiohttp, and Tornado. */
export const aiohttp = defineModel({
  name: 'aiohttp',
  ambient: { web: 'aiohttp.web', aiohttp: 'aiohttp' },
  aliases: {
    'aiohttp.web.Request': 'http.Request',
    'aiohttp.web.HTTPSeeOther': 'aiohttp.web.HTTPFound',
    'aiohttp.web.HTTPTemporaryRedirect': 'aiohttp.web.HTTPFound',
  },
  values: { 'tornado.web.RequestHandler.request': { type: 'http.Request' } },
  calls: {
    'aiohttp.web.Response': { from: 'none', returns: 'http.Response' },
    'aiohttp.web.json_response': { from: 'none', returns: 'http.JsonResponse' },
    'aiohttp.web.FileResponse': { from: 'none', returns: 'http.Response' },
  },
  sinks: {
    'aiohttp.web.Response': [sink('html', -1, 'text', 'body')],
    'aiohttp.web.HTTPFound': [sink('redirect', 0, 'location')],
    'aiohttp.web.FileResponse': [sink('path', 0)],
  },
})
