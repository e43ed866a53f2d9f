import { nothing } from '../../engine/value.ts'
import { defineModel } from '../model.ts'

/** Elements: what is put between tags is escaped. */
export const react = defineModel({
  name: 'react',
  ambient: { jsx: 'react.createElement', React: 'react' },
  aliases: { 'preact.h': 'react.createElement', h: 'react.createElement' },
  calls: {
    'react.createElement': { evaluate: () => ({ ...nothing, type: 'react.Element' }) },
    'react.useCallback': { evaluate: ({ positional }) => positional[0] },
    'react.useMemo': { from: 'none' },
    'react.useEffect': { from: 'none' },
    'react-dom/server.renderToString': { from: 'none', returns: 'str' },
  },
})
