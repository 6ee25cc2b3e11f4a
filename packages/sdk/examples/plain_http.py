"""Asks a verifier service without the SDK: Python 3, nothing but its standard library.

    VERIFIER_URL=https://verifier.example REGION=440000 python3 plain_http.py licence.json

Prints the verdict and the number of the report; exit codes as of `hefu verify`, and one sentence for whatever else comes. A service takes the text of a licence: one that
came in a PDF, an OFD or an image is taken out by `openCarrier` of @hefu/sdk/carriers, or verified by `hefu verify`. The answer
is believed because the connection is https to an address that was configured: who keeps the report verifies its attestation, a
JWS (ES256 or EdDSA). No redirect is followed: what is presented and the token go to that address and to no other.
"""

import http.client
import json
import os
import re
import sys
import time
import urllib.error
import urllib.parse
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


# What is read of an answer, in bytes: a report of the largest licence has fewer.
MOST_ANSWERED = 1_048_576
# Names of this machine, to which alone nothing is encrypted on the way.
HERE = ("localhost", "127.0.0.1", "::1")
# What a problem is called in the service's own words.
CODE = re.compile(r"[a-z-]{1,64}")


class Refused(Exception):
    """What was given cannot be asked about, or was not answered: a sentence for whoever gave it."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Elsewhere nobody gets the token, or what is presented; and what somebody else answers is no answer."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        return None


def opener_of(url):
    """Through the proxy of the environment, if any; but what is not encrypted goes to no proxy."""
    direct = [] if url.startswith("https:") else [urllib.request.ProxyHandler({})]
    return urllib.request.build_opener(NoRedirect, *direct)


def read_address(url):
    """The base address of the service: https, or http on this machine."""
    try:
        parts = urllib.parse.urlsplit(url or "")
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not re.fullmatch(r"[!-~]+", url) or parts.username is not None or parts.query or parts.fragment:
        raise Refused("VERIFIER_URL names no service: give an address such as https://verifier.example")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in HERE):
        raise Refused("VERIFIER_URL has to be https (http on this machine only): what is presented is personal data")
    return url.rstrip("/")


def read_token(token):
    """What the header takes (RFC 6750, 2.1). It is a secret, and not said again."""
    if not token or re.fullmatch(r"[A-Za-z0-9._~+/-]+=*", token):
        return token
    raise Refused("VERIFIER_TOKEN is no access token: it has spaces, a line end, or other characters that none has")


def read_json(answer):
    """The object that was answered; `None` for anything else."""
    content = answer.read(MOST_ANSWERED + 1)
    if len(content) > MOST_ANSWERED:
        return None
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def explain(problem):
    """A sentence of an answer that is no report. What is not fit for a terminal is left out."""
    if 300 <= problem.code < 400:
        return "its address leads to another, which is not followed: give the address of the service itself"
    try:
        told = read_json(problem) or {}
    except (OSError, http.client.HTTPException):
        told = {}
    code, detail = str(told.get("code", "")), str(told.get("detail", ""))
    if not CODE.fullmatch(code):
        return f"it answered {problem.code}, and not in the words of a verifier service: look at VERIFIER_URL"
    return f"it answered {problem.code} {code}: " + "".join(c for c in detail[:500] if c.isprintable())


def read_verdict(answer):
    """Verdict and number of the report."""
    told = answer or {}
    # A client that may know only what to do is answered without the report.
    report = told.get("report", told)
    verdict = report.get("verdict") if isinstance(report, dict) else None
    number = told.get("number")
    is_verdict = isinstance(verdict, str) and verdict in EXIT_CODES
    if is_verdict and isinstance(number, str) and re.fullmatch(r"[0-9A-Z-]{1,40}", number):
        return verdict, number
    raise Refused("what it answered is no report: look at VERIFIER_URL")


def ask(url, request, token):
    """Verdict and number. Only a 503 and a failed connection are tried again, under one key: one report is made."""
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
    opener = opener_of(url)
    for tried in range(TRIES):
        try:
            sent = urllib.request.Request(f"{url}/v1/verifications", body, headers)
            with opener.open(sent, timeout=10) as answer:
                return read_verdict(read_json(answer) if answer.status == 200 else None)
        except urllib.error.HTTPError as problem:
            if problem.code != 503 or tried == TRIES - 1:
                raise Refused(explain(problem))
        except (OSError, http.client.HTTPException, UnicodeError) as error:
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
    if len(sys.argv) != 2:
        print("Give one licence file: python3 plain_http.py licence.json", file=sys.stderr)
        return 2
    try:
        url = read_address(os.environ.get("VERIFIER_URL"))
        token = read_token(os.environ.get("VERIFIER_TOKEN"))
        region = os.environ.get("REGION", "440000")
        if not re.fullmatch(r"[0-9]{6}", region):
            raise Refused("REGION is no region: give six digits of GB/T 2260, such as 440000")
    except Refused as why:
        print(why, file=sys.stderr)
        return 2
    try:
        request = {"presented": read_licence(sys.argv[1]), "receivingRegion": region}
    except (Refused, OSError) as why:
        print(f"Read {sys.argv[1]}: {why}", file=sys.stderr)
        return 2
    try:
        verdict, number = ask(url, request, token)
    except Refused as why:
        print(f"Ask the service: {why}", file=sys.stderr)
        return 1
    print(verdict, number)
    return EXIT_CODES[verdict]


sys.exit(main())
