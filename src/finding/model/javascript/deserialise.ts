import { defineModel, sink, type Sink } from '../model.ts'

const anything: Sink[] = [sink('deserialise', 0)]

/** What rebuilds objects from text, and runs what it says on the way. */
export const deserialise = defineModel({
  name: 'deserialise',
  ambient: { yaml: 'yaml.ambient', serialize: 'node-serialize' },
  aliases: { 'js-yaml': 'js-yaml', 'yaml.ambient': 'js-yaml', 'node-serialize': 'node-serialize' },
  calls: {
    'js-yaml.load': { from: 0 },
    'js-yaml.safeLoad': { from: 0 },
    'yaml.parse': { from: 0 },
    'node-serialize.unserialize': { from: 0 },
    'node-serialize.serialize': { from: 'none', returns: 'str' },
  },
  sinks: {
    'node-serialize.unserialize': anything,
    'serialize-javascript': [{ ...sink('html', 0), variant: 'serialised' }],
    'serialize-to-js.deserialize': anything,
    'funcster.deepDeserialize': anything,
    'cryo.parse': anything,
    'v8.deserialize': [{ ...sink('deserialise', 0), variant: 'v8' }],
    'js-yaml.load': [{ ...sink('deserialise', 0), variant: 'yaml' }],
    'js-yaml.loadAll': [{ ...sink('deserialise', 0), variant: 'yaml' }],
    '*.unserialize': anything,
    'php-serialize.unserialize': [],
    'serialijse.deserialize': anything,
  },
})
