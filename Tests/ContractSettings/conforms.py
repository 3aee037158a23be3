"""Says whether the `data` of an answer is as a schema of the document has it: conforms.py ANSWER DOCUMENT SCHEMA"""
import json
import sys
import urllib.request

from jsonschema import Draft202012Validator

answer, url, name = sys.argv[1:]
document = json.load(urllib.request.urlopen(url))
schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
with open(answer) as file:
    errors = list(Draft202012Validator(schema).iter_errors(json.load(file)["data"]))
for error in errors:
    print(f"{name}: {error.json_path} {error.message}", file=sys.stderr)
sys.exit(bool(errors))
