import { nothing, textOf } from '../../engine/value.ts'
import { type CallModel, defineModel, sink, type Sink, type ValueModel } from '../model.ts'

// What the address of a page holds is written by whoever made the link.
const address: ValueModel = { source: 'user', label: "the page's address" }
const markup = (at: Sink['at'], variant = 'dom'): Sink[] => [{ ...sink('html', at), variant }]
const element: CallModel = { from: 'none', returns: 'dom.Element' }

export const dom = defineModel({
  name: 'dom',
  ambient: {
    document: 'document',
    window: 'window',
    location: 'location',
    self: 'window',
    localStorage: 'localStorage',
    sessionStorage: 'sessionStorage',
  },
  aliases: {
    'window.location': 'location',
    'document.location': 'location',
    'self.location': 'location',
    'top.location': 'location',
    'window.document': 'document',
    'window.localStorage': 'localStorage',
    'window.open': 'open',
  },
  values: {
    location: { type: 'dom.Location' },
    'dom.Location.hash': address,
    'dom.Location.search': address,
    'dom.Location.href': address,
    'dom.Location.pathname': { ...address, safe: ['redirect', 'ssrf'] },
    // Routers of Angular, React and Next.
    '*.queryParams': address,
    '*.queryParamMap': address,
    '*.paramMap': address,
    'dom.Router.query': address,
    'dom.Router.asPath': address,
    'document.URL': address,
    'document.documentURI': address,
    'document.referrer': { source: 'user', label: 'the page that led here' },
    'document.cookie': { source: 'storage', label: 'a cookie' },
    'window.name': { source: 'user', label: "the window's name" },
    'document.body': { type: 'dom.Element' },
    'document.head': { type: 'dom.Element' },
  },
  calls: {
    'react-router-dom.useParams': { source: 'user', label: "the page's address" },
    'react-router-dom.useSearchParams': { source: 'user', label: "the page's address" },
    'next/navigation.useSearchParams': { source: 'user', label: "the page's address" },
    'next/navigation.useParams': { source: 'user', label: "the page's address" },
    'next/router.useRouter': { from: 'none', returns: 'dom.Router' },
    'document.getElementById': element,
    'document.querySelector': element,
    'document.createElement': {
      evaluate: ({ positional }) => ({ ...nothing, type: textOf(positional[0]) === 'script' ? 'dom.Script' : 'dom.Element' }),
    },
    'document.createTextNode': element,
    'localStorage.getItem': { source: 'storage', label: 'local storage' },
    'sessionStorage.getItem': { source: 'storage', label: 'session storage' },
  },
  sinks: {
    'document.write': markup('any', 'write'),
    'document.writeln': markup('any', 'write'),
    '*.insertAdjacentHTML': markup(1),
    '*.createContextualFragment': markup(0),
    '*.parseFromString': [],
    '*.trustAsHtml': markup(0),
    '*.bypassSecurityTrustHtml': markup(0),
    '*.bypassSecurityTrustScript': markup(0),
    '*.bypassSecurityTrustUrl': markup(0),
    '*.bypassSecurityTrustResourceUrl': markup(0),
    '*.trustAsJs': markup(0),
    '*.trustAsResourceUrl': markup(0),
    '*.setHTMLUnsafe': markup(0),
    'location.assign': [{ ...sink('redirect', 0), variant: 'dom' }],
    'location.replace': [{ ...sink('redirect', 0), variant: 'dom' }],
    'dom.Location.assign': [{ ...sink('redirect', 0), variant: 'dom' }],
    'dom.Location.replace': [{ ...sink('redirect', 0), variant: 'dom' }],
    open: [{ ...sink('redirect', 0), variant: 'dom' }],
  },
})
