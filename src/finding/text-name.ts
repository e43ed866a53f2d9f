const data =
  /(?:^|\/)(?:license|licence|copying|notice|authors|readme|changelog|codeowners|\.env(?:\.[\w-]+)?|\.(?:git|npm|docker|prettier|eslint)ignore|\.gitattributes|\.editorconfig|\.npmrc|\.pypirc|\.netrc|\.nvmrc|id_rsa|id_ed25519|id_ecdsa|pipfile)$|\.(?:md|markdown|rst|adoc|txt|log|csv|tsv|jsonl?|json5|ya?ml|toml|ini|cfg|conf|properties|env|lock|pem|key|crt|xml|tfvars)$/i

/** Whether a name says that a file holds text for people or data, and no program: there are secrets to be found in it, and nothing else. */
export function isTextNamed(path: string): boolean {
  return data.test(path)
}
