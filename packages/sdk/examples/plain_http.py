"""Asks a verifier service without the SDK: Python 3, nothing but its standard library.

    VERIFIER_URL=https://verifier.example REGION=440000 python3 plain_http.py licence.json

Prints the verdict and the number of the report; exit codes as of `hefu verify`. The answer is believed because the connection is
https to an address that was configured: who keeps the report verifies its attestation, a JWS (ES256 or EdDSA).
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

EXIT_CODES = {"accepted": 0, "refer": 10, "rejected": 11, "undetermined": 12}
TRIES = 3


def ask(url, request, token):
    """The answer, and the status. Only a 503 and a failed connection are tried again, under one key: one report is made."""
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Idempotency-Key": f'"{uuid.uuid4()}"',
    }
    if token:
        headers["Authorization"] = f"Bearer {token}"
    body = json.dumps(request).encode("utf-8")
    for tried in range(TRIES):
        try:
            sent = urllib.request.Request(f"{url}/v1/verifications", body, headers)
            with urllib.request.urlopen(sent, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as problem:
            if problem.code != 503 or tried == TRIES - 1:
                return problem.code, json.load(problem)
        except urllib.error.URLError:
            if tried == TRIES - 1:
                raise
        time.sleep(0.2 * 2**tried)


def main():
    with open(sys.argv[1], encoding="utf-8-sig") as file:
        request = {
            "presented": file.read(),
            "receivingRegion": os.environ.get("REGION", "440000"),
        }
    status, answer = ask(os.environ["VERIFIER_URL"], request, os.environ.get("VERIFIER_TOKEN"))
    if status != 200:
        print(f"{status} {answer.get('code')}: {answer.get('detail')}", file=sys.stderr)
        return 1
    # A client that may know only what to do is answered without the report.
    report = answer.get("report", answer)
    print(report["verdict"], answer["number"])
    return EXIT_CODES[report["verdict"]]


sys.exit(main())
