import { defineModel, sink, type Sink } from '../model.ts'

const levels = ['debug', 'info', 'warning', 'warn', 'error', 'critical', 'exception', 'log'] as const
const written: Sink[] = [sink('log', 'any')]

export const logging = defineModel({
  name: 'logging',
  ambient: { traceback: 'traceback', logging: 'logging', logger: 'logging.logger', log: 'logging.logger', LOG: 'logging.logger' },
  values: {
    'logging.logger': { type: 'logging.Logger' },
    'flask.Flask.logger': { type: 'logging.Logger' },
    'loguru.logger': { type: 'logging.Logger' },
  },
  parameters: { logger: 'logging.Logger', log: 'logging.Logger' },
  calls: {
    'traceback.format_exc': { source: 'exception', label: 'the stack trace' },
    'traceback.format_exception': { source: 'exception', label: 'the stack trace' },
    'logging.getLogger': { returns: 'logging.Logger' },
    'structlog.get_logger': { returns: 'logging.Logger' },
    ...Object.fromEntries(levels.map((level) => [`logging.Logger.${level}`, { from: 'none' as const, returns: 'None' }])),
  },
  sinks: {
    ...Object.fromEntries(
      levels.flatMap((level) => [
        [`logging.${level}`, written],
        [`logging.Logger.${level}`, written],
      ]),
    ),
    'syslog.syslog': written,
  },
})
