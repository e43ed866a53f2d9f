import { defineModel, sink, type Sink } from '../model.ts'

const levels = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'fatal', 'verbose', 'silly', 'http', 'notice'] as const
const line: Sink[] = [sink('log', 'any')]

export const logging = defineModel({
  name: 'logging',
  ambient: { console: 'console', logger: 'log.logger', log: 'log.logger', winston: 'winston', Logger: 'log.logger' },
  values: { 'log.logger': { type: 'log.Logger' }, 'http.Request.log': { type: 'log.Logger' }, 'fastify.App.log': { type: 'log.Logger' } },
  calls: {
    'winston.createLogger': { from: 'none', returns: 'log.Logger' },
    'winston.Logger': { from: 'none', returns: 'log.Logger' },
    pino: { from: 'none', returns: 'log.Logger' },
    'bunyan.createLogger': { from: 'none', returns: 'log.Logger' },
    'log4js.getLogger': { from: 'none', returns: 'log.Logger' },
    '@nestjs/common.Logger': { from: 'none', returns: 'log.Logger' },
    'log.Logger.child': { from: 'none', returns: 'log.Logger' },
    ...Object.fromEntries(levels.map((level) => [`console.${level}`, { from: 'none' as const }])),
  },
  sinks: {
    'fs.appendFile': [{ ...sink('log', 1), variant: 'file' }],
    'fs.appendFileSync': [{ ...sink('log', 1), variant: 'file' }],
    ...Object.fromEntries(
      levels.flatMap((level) => ['console', 'log.Logger', 'winston', 'signale'].map((owner) => [`${owner}.${level}`, line])),
    ),
  },
})
