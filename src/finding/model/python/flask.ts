import { constantOf, derived, nothing, textOf } from '../../engine/value.ts'
import { defineModel, sink } from '../model.ts'

export const flask = defineModel({
  name: 'flask',
  ambient: {
    request: 'flask.request',
    app: 'flask.app',
    flask: 'flask',
    session: 'flask.session',
    Markup: 'markupsafe.Markup',
    render_template_string: 'flask.render_template_string',
    redirect: 'flask.redirect',
    send_file: 'flask.send_file',
    make_response: 'flask.make_response',
    url_for: 'flask.url_for',
    jsonify: 'flask.jsonify',
    render_template: 'flask.render_template',
    abort: 'flask.abort',
    send_from_directory: 'flask.send_from_directory',
  },
  aliases: {
    'flask.Markup': 'markupsafe.Markup',
    'flask.escape': 'html.escape',
    'markupsafe.escape': 'html.escape',
    'quart.request': 'flask.request',
    'quart.Quart': 'flask.Flask',
    'quart.redirect': 'flask.redirect',
    'quart.render_template_string': 'flask.render_template_string',
    'werkzeug.utils.redirect': 'flask.redirect',
    'bottle.request': 'flask.request',
    'bottle.redirect': 'flask.redirect',
    'sanic.Sanic': 'flask.Flask',
    'werkzeug.exceptions.abort': 'flask.abort',
  },
  values: {
    'flask.request': { type: 'http.Request' },
    'flask.session': { type: 'flask.Session', source: 'storage', label: 'the session' },
    'flask.app': { type: 'flask.Flask' },
    'flask.current_app': { type: 'flask.Flask' },
    'flask.Flask.config': { type: 'flask.Config' },
  },
  calls: {
    'flask.Flask': { returns: 'flask.Flask' },
    'flask.Blueprint': { returns: 'flask.Flask' },
    'flask.redirect': { from: 'none', returns: 'http.Response' },
    'flask.abort': { exits: true },
    'flask.jsonify': { from: 'arguments', safe: ['html'], returns: 'http.JsonResponse' },
    'flask.render_template': { from: 'none', returns: 'http.Response' },
    'flask.url_for': { from: 'none', returns: 'str' },
    'flask.send_from_directory': { from: 'none', returns: 'http.Response' },
    'flask.send_file': { from: 'none', returns: 'http.Response' },
    'flask.make_response': { from: 'none', returns: 'http.Response' },
    'flask.Response': { from: 'none', returns: 'http.Response' },
    'markupsafe.Markup': { evaluate: ({ positional }) => ({ ...(positional[0] ?? nothing), type: 'markupsafe.Markup' }) },
    'markupsafe.Markup.format': {
      evaluate: ({ positional, keywords }) => ({ ...derived([...positional, ...keywords.values()]), taints: [] }),
    },
    'html.escape': { from: 'arguments', safe: ['html'] },
    'bleach.clean': { from: 'arguments', safe: ['html'] },
    'nh3.clean': { from: 'arguments', safe: ['html'] },
    'cgi.escape': { from: 'arguments', safe: ['html'] },
    'xml.sax.saxutils.escape': { from: 'arguments', safe: ['html', 'xml', 'xpath'] },
    'http.Response.set_cookie': { from: 'none', returns: 'None' },
  },
  sinks: {
    'flask.redirect': [sink('redirect', 0, 'location')],
    'flask.send_file': [sink('path', 0, 'path_or_file', 'filename_or_fp')],
    'flask.send_from_directory': [sink('path', 0, 'directory')],
    'flask.render_template_string': [sink('template', 0, 'source')],
    'flask.make_response': [sink('html', 0)],
    'flask.Response': [sink('html', 0, 'response')],
    'markupsafe.Markup': [sink('html', 0)],
    'http.Response.set_cookie': [sink('header', 1, 'value')],
  },
})

/** The media type a response is given, in lower case. */
export function mediaTypeOf(keywords: ReadonlyMap<string, Parameters<typeof textOf>[0]>): string | undefined {
  for (const name of ['mimetype', 'content_type', 'media_type']) {
    const known = constantOf(keywords.get(name))
    if (typeof known === 'string') return known.toLowerCase()
  }
  return undefined
}
