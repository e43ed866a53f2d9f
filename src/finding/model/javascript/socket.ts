import { invoke } from '../../engine/callback.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { nothing, textOf, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel } from '../model.ts'

const socket: Value = { ...nothing, type: 'socket.Socket' }
const own = /^(error|close|end|disconnect|disconnecting|connect|open|drain|timeout|ready|pong)$/

/** `socket.on('message', (data) => ...)`: whoever is at the other end wrote the data. */
function onMessage(call: CallEvent, machine: Machine): Value | undefined {
  const [name, listener] = call.positional
  if (listener?.target === undefined || own.test(textOf(name) ?? '')) return undefined
  const data = machine.source('user', { key: `message@${call.node.start}`, label: 'a message of a client', span: call.node })
  invoke(machine, listener, [data], call)
  return call.receiver
}

/** `server.on('connection', (socket) => ...)` */
function onConnection(call: CallEvent, machine: Machine): Value | undefined {
  const [name, listener] = call.positional
  if (listener?.target === undefined || !/^connect(ion)?$/.test(textOf(name) ?? '')) return undefined
  invoke(machine, listener, [socket, { ...nothing, type: 'http.Request' }], call)
  return call.receiver
}

const server: CallModel = { from: 'none', returns: 'socket.Server' }
const listening: CallModel = { runs: true, evaluate: onConnection }

/** Web sockets and plain ones, on the side of the server. */
export const sockets = defineModel({
  name: 'socket',
  ambient: { io: 'socket.io.server', wss: 'socket.io.server' },
  parameters: { socket: 'socket.Socket', 'socket.io.Socket': 'socket.Socket', Socket: 'socket.Socket' },
  values: { 'socket.io.server': { type: 'socket.Server' } },
  calls: {
    'socket.io': server,
    'socket.io.Server': server,
    'ws.Server': server,
    'ws.WebSocketServer': server,
    'socket.Server.of': server,
    'socket.Server.on': listening,
    'socket.Server.sockets.on': listening,
    'socket.Socket.on': { runs: true, evaluate: onMessage },
    'net.createServer': {
      runs: true,
      evaluate: (call, machine) => (invoke(machine, call.positional.at(-1), [socket], call), { ...nothing, type: 'net.Server' }),
    },
  },
})
