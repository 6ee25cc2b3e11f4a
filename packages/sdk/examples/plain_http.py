"""Asks a verifier service without the SDK: Python 3, nothing but its standard library.

    VERIFIER_URL=https://verifier.example REGION=440000 python3 plain_http.py licence.json

Prints the verdict and the number of the report; exit codes as of `hefu verify`. A service takes the text of a licence: one that
came in a PDF, an OFD or an image is taken out by `openCarrier` of @hefu/sdk/carriers, or verified by `hefu verify`. The answer
is believed because the connection is https to an address that was configured: who keeps the report verifies its attestation, a
JWS (ES256 or EdDSA).
"""

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

EXIT_CODES = {"accepted": 0, "refer": 10, "rejected": 11, "undetermined": 12}
TRIES = 3
# What a service reads of a request, in bytes: it ends the connection while more is sent.
MOST_BYTES = 524_288
# What any connection takes at once: one that ends while more is sent has been refused.
MOST_AT_ONCE = 65_536
# How files begin that a licence travels in, and that are not its text.
CARRIERS = {b"%PDF-": "a PDF", b"PK\x03\x04": "an OFD or a ZIP", b"\x89PNG": "an image", b"\xff\xd8\xff": "an image"}


class Refused(Exception):
    """What was given cannot be asked about: a sentence for whoever gave it."""


def ask(url, request, token):
    """The answer, and the status. Only a 503 and a failed connection are tried again, under one key: one report is made."""
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Idempotency-Key": f'"{uuid.uuid4()}"',
    }
    if token:
        headers["Authorization"] = f"Bearer {token}"
    body = json.dumps(request, ensure_ascii=False).encode("utf-8")
    if len(body) > MOST_BYTES:
        raise Refused(f"it is too large for a licence: a service reads {MOST_BYTES} bytes at most")
    for tried in range(TRIES):
        try:
            sent = urllib.request.Request(f"{url}/v1/verifications", body, headers)
            with urllib.request.urlopen(sent, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as problem:
            if problem.code != 503 or tried == TRIES - 1:
                return problem.code, json.load(problem)
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            if len(body) > MOST_AT_ONCE and isinstance(reason, (BrokenPipeError, ConnectionResetError)):
                raise Refused("the service ended the connection while it was sent: it is too large for this service")
            if tried == TRIES - 1:
                raise Refused(f"the service cannot be reached, which says nothing about the licence: {reason}")
        time.sleep(0.2 * 2**tried)


def read_licence(path):
    """The text of a licence's file."""
    with open(path, "rb") as file:
        content = file.read(MOST_BYTES + 1)
    for start, name in CARRIERS.items():
        if content.startswith(start):
            raise Refused(f"it is {name}, and a service takes the text of a licence: take it out by hefu or openCarrier")
    if len(content) > MOST_BYTES:
        raise Refused(f"it is too large for a licence: a service reads {MOST_BYTES} bytes at most")
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("it is no text, and so no licence")


def main():
    try:
        request = {
            "presented": read_licence(sys.argv[1]),
            "receivingRegion": os.environ.get("REGION", "440000"),
        }
    except (Refused, OSError) as why:
        print(f"Read {sys.argv[1]}: {why}", file=sys.stderr)
        return 2
    try:
        status, answer = ask(os.environ["VERIFIER_URL"], request, os.environ.get("VERIFIER_TOKEN"))
    except Refused as why:
        print(f"Ask the service: {why}", file=sys.stderr)
        return 1
    if status != 200:
        print(f"{status} {answer.get('code')}: {answer.get('detail')}", file=sys.stderr)
        return 1
    # A client that may know only what to do is answered without the report.
    report = answer.get("report", answer)
    print(report["verdict"], answer["number"])
    return EXIT_CODES[report["verdict"]]


sys.exit(main())
