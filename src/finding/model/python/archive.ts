import { listOf, nothing } from '../../engine/value.ts'
import { type CallModel, defineModel, type ValueModel } from '../model.ts'

const members: CallModel = { source: 'network', label: "an archive's member name" }
const member: ValueModel = { source: 'network', label: "an archive's member name" }

export const archive = defineModel({
  name: 'archive',
  ambient: { tarfile: 'tarfile', zipfile: 'zipfile' },
  aliases: { 'tarfile.TarFile.open': 'tarfile.open', 'tarfile.TarFile': 'tarfile.open' },
  values: { 'archive.Member.name': member, 'archive.Member.filename': member, 'archive.Member.linkname': member },
  calls: {
    'tarfile.open': { returns: 'tarfile.TarFile' },
    'zipfile.ZipFile': { returns: 'zipfile.ZipFile' },
    'zipfile.ZipFile.namelist': members,
    'tarfile.TarFile.getnames': members,
    'tarfile.TarFile.getmembers': { evaluate: () => listOf([], { ...nothing, type: 'archive.Member' }) },
    'zipfile.ZipFile.infolist': { evaluate: () => listOf([], { ...nothing, type: 'archive.Member' }) },
    'zipfile.ZipFile.read': { source: 'storage', label: 'an archive' },
    'zipfile.ZipFile.open': { returns: 'io.File' },
  },
})
