import { defineModel, sink } from '../model.ts'

/** LDAP. */
export const directory = defineModel({
  name: 'directory',
  ambient: { ldap: 'ldapjs', ldapjs: 'ldapjs' },
  aliases: { 'ldapts.Client': 'ldapjs.createClient' },
  calls: {
    'ldapjs.createClient': { from: 'none', returns: 'ldapjs.Client' },
    'ldap-escape.filter': { from: 'arguments', safe: ['ldap'] },
    'ldap-escape.dn': { from: 'arguments', safe: ['ldap'] },
    'ldapjs.parseFilter': { from: 0 },
    'ldapjs.EqualityFilter': { from: 'none', returns: 'ldapjs.Filter' },
  },
  sinks: {
    'ldapjs.Client.search': [
      { ...sink('ldap', 0), variant: 'name' },
      { ...sink('ldap', 1), variant: 'filter' },
    ],
    'ldapjs.Client.bind': [{ ...sink('ldap', 0), variant: 'name' }],
    '*.search': [{ ...sink('ldap', 1), variant: 'filter' }, sink('regex', 0)],
    'ldapjs.parseFilter': [{ ...sink('ldap', 0), variant: 'text' }],
  },
})
