import { defineModel, sink } from '../model.ts'

/** LDAP: python-ldap and ldap3. */
export const directory = defineModel({
  name: 'directory',
  ambient: { ldap: 'ldap', ldap3: 'ldap3' },
  calls: {
    'ldap.initialize': { returns: 'ldap.Connection' },
    'ldap.open': { returns: 'ldap.Connection' },
    'ldap3.Connection': { returns: 'ldap.Connection' },
    'ldap.filter.escape_filter_chars': { from: 0, safe: ['ldap'] },
    'ldap.dn.escape_dn_chars': { from: 0, safe: ['ldap'] },
    'ldap3.utils.conv.escape_filter_chars': { from: 0, safe: ['ldap'] },
    'ldap3.utils.dn.escape_rdn': { from: 0, safe: ['ldap'] },
    'ldap.filter.filter_format': { from: 'none' },
  },
  sinks: {
    'ldap.Connection.search': [sink('ldap', 0, 'search_base'), sink('ldap', 1, 'search_filter'), sink('ldap', 2, 'filterstr')],
    'ldap.Connection.search_s': [sink('ldap', 0, 'base'), sink('ldap', 2, 'filterstr')],
    'ldap.Connection.search_ext': [sink('ldap', 0), sink('ldap', 2)],
    'ldap.Connection.search_ext_s': [sink('ldap', 0), sink('ldap', 2)],
    'ldap.Connection.search_st': [sink('ldap', 0), sink('ldap', 2)],
    'ldap.Connection.simple_bind_s': [sink('ldap', 0)],
    '*.search_s': [sink('ldap', 0), sink('ldap', 2, 'filterstr')],
    '*.search_ext_s': [sink('ldap', 0), sink('ldap', 2)],
    '*.search': [sink('ldap', -1, 'search_filter'), sink('ldap', -1, 'search_base'), { ...sink('ldap', 1), variant: 'filter' }],
  },
})
