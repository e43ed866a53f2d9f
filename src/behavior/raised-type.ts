import type { Language } from '../records/language.ts'

// Each type with the one it derives from, as far as tests name them.
const pythonBases = new Map(Object.entries({
  Exception: 'BaseException',
  KeyboardInterrupt: 'BaseException',
  SystemExit: 'BaseException',
  ArithmeticError: 'Exception',
  ZeroDivisionError: 'ArithmeticError',
  OverflowError: 'ArithmeticError',
  FloatingPointError: 'ArithmeticError',
  AssertionError: 'Exception',
  AttributeError: 'Exception',
  EOFError: 'Exception',
  ImportError: 'Exception',
  ModuleNotFoundError: 'ImportError',
  LookupError: 'Exception',
  IndexError: 'LookupError',
  KeyError: 'LookupError',
  MemoryError: 'Exception',
  NameError: 'Exception',
  UnboundLocalError: 'NameError',
  OSError: 'Exception',
  FileExistsError: 'OSError',
  FileNotFoundError: 'OSError',
  IsADirectoryError: 'OSError',
  NotADirectoryError: 'OSError',
  PermissionError: 'OSError',
  TimeoutError: 'OSError',
  ConnectionError: 'OSError',
  RuntimeError: 'Exception',
  NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError',
  StopIteration: 'Exception',
  SyntaxError: 'Exception',
  IndentationError: 'SyntaxError',
  TabError: 'IndentationError',
  TypeError: 'Exception',
  ValueError: 'Exception',
  UnicodeError: 'ValueError',
  UnicodeDecodeError: 'UnicodeError',
  UnicodeEncodeError: 'UnicodeError',
  JSONDecodeError: 'ValueError',
}))
const javascriptErrors = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError']
const javascriptBases = new Map(javascriptErrors.map((name) => [name, 'Error']))

/** Whether a raised error of type `actual` counts as `expected`. Unknown for a type of the program's own, whose ancestors were not seen. */
export function isRaisedAs(language: Language, actual: string, expected: string): boolean | undefined {
  const bases = language === 'python' ? pythonBases : javascriptBases
  const root = language === 'python' ? ['BaseException', 'Exception', 'IOError'] : ['Error']
  if (actual === expected || (root.includes(expected) && expected !== 'IOError')) return true
  const wanted = expected === 'IOError' ? 'OSError' : expected
  if (!bases.has(actual)) return root.includes(actual) ? false : undefined
  for (let type: string | undefined = actual; type !== undefined; type = bases.get(type)) if (type === wanted) return true
  return false
}
