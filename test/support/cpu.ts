/** Milliseconds of this process's own CPU time since the call: what bounds hostile input, whatever else the machine does. */
export function cpuTimer(): () => number {
  const began = process.cpuUsage()
  return () => process.cpuUsage(began).user / 1000
}
