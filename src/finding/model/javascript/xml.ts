import { defineModel, sink } from '../model.ts'

/** Parsers of XML, and what looks things up in it. */
export const xml = defineModel({
  name: 'xml',
  ambient: { libxmljs: 'libxmljs', xpath: 'xpath', xml2js: 'xml2js' },
  aliases: {
    libxmljs2: 'libxmljs',
    'libxmljs2-xsd': 'libxmljs',
    'libxml-xsd': 'libxmljs',
    'xpath.select1': 'xpath.select',
    'xpath.evaluate': 'xpath.select',
    'xpath.parse': 'xpath.select',
  },
  calls: {
    'libxmljs.parseXml': { from: 'none', returns: 'libxmljs.Document' },
    'libxmljs.parseXmlString': { from: 'none', returns: 'libxmljs.Document' },
    'libxmljs.parseXmlAsync': { from: 'none', returns: 'libxmljs.Document' },
    'node-expat.Parser': { from: 'none', returns: 'node-expat.Parser' },
    'libxmljs.Document.root': { from: 'none', returns: 'libxmljs.Document' },
  },
  sinks: {
    'libxmljs.parseXml': [sink('xml', 0)],
    'libxmljs.parseXmlString': [sink('xml', 0)],
    'libxmljs.parseXmlAsync': [sink('xml', 0)],
    'xml2json.toJson': [{ ...sink('xml', 0), variant: 'expat' }],
    'node-expat.Parser.parse': [{ ...sink('xml', 0), variant: 'expat' }],
    'node-expat.Parser.write': [{ ...sink('xml', 0), variant: 'expat' }],
    'xpath.select': [sink('xpath', 0)],
    'document.evaluate': [sink('xpath', 0)],
    'libxmljs.Document.get': [sink('xpath', 0)],
    'libxmljs.Document.find': [sink('xpath', 0)],
  },
})
