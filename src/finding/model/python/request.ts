import type { CallModel, ValueModel } from '../model.ts'
import { defineModel, sink } from '../model.ts'

// What all request objects hold, whichever framework made them: one type for all of them.
const fields: ValueModel = { type: 'http.Fields', source: 'user' }
const body: ValueModel = { source: 'user' }

function of(model: ValueModel, what: string, ...names: string[]): Record<string, ValueModel> {
  return Object.fromEntries(names.map((name) => [`http.Request.${name}`, { ...model, label: `the request's ${what}` }]))
}

function calls(what: string, ...names: string[]): Record<string, CallModel> {
  return Object.fromEntries(names.map((name) => [`http.Request.${name}`, { source: 'user', label: `the request's ${what}` }]))
}

export const request = defineModel({
  name: 'request',
  ambient: { BaseHTTPRequestHandler: 'http.server.BaseHTTPRequestHandler', SimpleHTTPRequestHandler: 'http.server.BaseHTTPRequestHandler' },
  parameters: { request: 'http.Request', req: 'http.Request' },
  aliases: {
    'http.server.SimpleHTTPRequestHandler': 'http.server.BaseHTTPRequestHandler',
    'http.server.CGIHTTPRequestHandler': 'http.server.BaseHTTPRequestHandler',
    'BaseHTTPServer.BaseHTTPRequestHandler': 'http.server.BaseHTTPRequestHandler',
    'django.views.generic.View': 'django.views.View',
    'django.views.generic.TemplateView': 'django.views.View',
  },
  values: {
    'http.server.BaseHTTPRequestHandler.path': { source: 'user', label: "the request's path" },
    'http.server.BaseHTTPRequestHandler.headers': { type: 'http.Fields', source: 'user', label: "the request's headers" },
    'http.server.BaseHTTPRequestHandler.rfile': { type: 'http.Request' },
    'django.views.View.request': { type: 'http.Request' },
    ...of(fields, 'query', 'args', 'GET', 'query_params', 'query', 'query_arguments', 'rel_url', 'params'),
    ...of(fields, 'form', 'form', 'POST', 'values', 'REQUEST', 'body_arguments', 'arguments'),
    ...of(fields, 'files', 'files', 'FILES'),
    ...of(fields, 'cookies', 'cookies', 'COOKIES'),
    ...of(fields, 'headers', 'headers', 'META', 'authorization', 'environ'),
    ...of(fields, 'path', 'view_args', 'match_info', 'path_params', 'matchdict', 'path_kwargs'),
    ...of(fields, 'body', 'json', 'data', 'body', 'stream', 'raw_post_data', 'json_body', 'forms'),
    ...of(body, 'address', 'url', 'query_string', 'base_url', 'host', 'user_agent', 'referrer', 'remote_addr'),
    // A path of this site begins with a slash: it chooses no host.
    ...of({ ...body, safe: ['redirect', 'ssrf'] }, 'path', 'full_path', 'path', 'path_info', 'path_qs'),
    'http.Fields.filename': { source: 'user', label: "the upload's name" },
    'http.Fields.name': { source: 'user', label: "the upload's name" },
  },
  sinks: {
    '*.write': [{ ...sink('html', 0), variant: 'write' }],
  },
  calls: {
    ...calls('body', 'get_json', 'get_data', 'json', 'body', 'form', 'post', 'text', 'read', 'multipart', 'stream'),
    ...calls('parameter', 'get_argument', 'get_query_argument', 'get_body_argument', 'get_arguments', 'get_cookie', 'build_absolute_uri'),
    'http.Request.get_signed_cookie': { from: 'none', returns: 'str' },
    'http.Request.get_full_path': { source: 'user', label: "the request's path", safe: ['redirect', 'ssrf'] },
    'http.Request.is_ajax': { returns: 'bool' },
    'http.Request.get_host': { returns: 'str' },
    '*.write': { from: 'none', returns: 'int' },
    '*.get_argument': { source: 'user', label: "the request's parameter" },
    '*.get_query_argument': { source: 'user', label: "the request's parameter" },
    '*.get_body_argument': { source: 'user', label: "the request's parameter" },
  },
})
