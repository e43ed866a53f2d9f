import { nothing } from '../../engine/value.ts'
import { defineModel, sink, type Sink } from '../model.ts'

const source: Sink[] = [sink('template', 0)]
/** Options of an engine among the values: what names them writes the program that renders. */
const both: Sink[] = [...source, { ...sink('template', 1), variant: 'values' }]
const engines = ['ejs.render', 'ejs.compile', 'handlebars.compile', 'handlebars.precompile', 'pug.render', 'pug.compile', 'jade.render', 'jade.compile', 'nunjucks.renderString', 'nunjucks.compile', 'lodash.template', 'dot.template', 'eta.render', 'eta.renderString', 'hogan.js.compile', 'swig.render', 'swig.compile', 'twig.twig', 'liquidjs.Liquid.parseAndRender', 'marko.compile', 'velocityjs.render', 'whiskers.render', 'art-template.render', 'squirrelly.render'] // prettier-ignore

/** Template engines whose templates are programs. */
export const template = defineModel({
  name: 'template',
  ambient: {
    ejs: 'ejs',
    Handlebars: 'handlebars',
    handlebars: 'handlebars',
    pug: 'pug',
    nunjucks: 'nunjucks',
    marked: 'marked',
    Mustache: 'mustache',
  },
  aliases: {
    'lodash/template': 'lodash.template',
    dot: 'dot',
    'marked.marked': 'marked',
    'marked.parse': 'marked',
    '@hapi/vision': 'vision',
  },
  calls: {
    ...Object.fromEntries(engines.map((name) => [name, { evaluate: () => ({ ...nothing, type: 'template' }) }])),
    'liquidjs.Liquid': { from: 'none', returns: 'liquidjs.Liquid' },
    marked: { from: 0, returns: 'str' },
    'markdown-it.render': { from: 0, returns: 'str' },
    'showdown.Converter.makeHtml': { from: 0, returns: 'str' },
    'showdown.Converter': { from: 'none', returns: 'showdown.Converter' },
  },
  sinks: {
    ...Object.fromEntries(engines.map((name) => [name, name === 'ejs.render' ? both : source])),
    'ejs.renderFile': [{ ...sink('template', 1), variant: 'values' }],
    'http.Response.render': [
      { ...sink('path', 0), variant: 'view' },
      { ...sink('template', 1), variant: 'values' },
    ],
    'handlebars.SafeString': [{ ...sink('html', 0), variant: 'dom' }],
    'mustache.render': [],
  },
})
