"""Fetching the pages of a package, from a real server that answers well, badly and with malice."""

import gzip
import json
import random
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pandas as pd
import pytest
from click.testing import CliRunner

import samestory as ss
from samestory.cli import main
from samestory.errors import MissingExtraError, OptionError, OutputError
from samestory.readers.html import page_row
from samestory.sharing import web
from samestory.sharing.fetching import fetch_pages, user_agent
from samestory.sharing.politeness import Visitor
from samestory.sharing.web import Limits, Unfetched

LOOPBACK = ("127.0.0.1",)
ME = "lab@uni.example"
WORDS = (
    "harbour mayor ferry storm bridge market tram engine council river baker ladder window winter paper "
    "signal garden cargo bell valley lantern barrel orchard ticket pilot meadow kettle copper thunder boat"
).split()


def page(subject, *, changes=0):
    """A page of words in a chance order, which depends on the subject; some of them changed."""
    draw = random.Random(subject)
    told = []
    for i in range(10):
        lines = [
            " ".join(draw.choices(WORDS, k=10)).capitalize() + f", said of the {subject}." for _ in range(4)
        ]
        told.append(f"<p>{'Lately. ' if i < changes else ''}{' '.join(lines)}</p>")
    return (
        f"<html><head><title>The {subject}</title><meta property='og:site_name' content='Herald'></head>"
        f"<body><article><h1>The {subject}</h1>{''.join(told)}</article></body></html>"
    ).encode()


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        server.seen.append((self.path, dict(self.headers), time.monotonic()))
        with server.lock:
            server.busy += 1
            server.most_busy = max(server.most_busy, server.busy)
        try:
            self.answer(server.pages.get(self.path.partition("?")[0], (404, {}, b"")))
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with server.lock:
                server.busy -= 1

    def answer(self, given):
        if callable(given):
            return given(self)
        status, headers, body = given
        self.send_response(status)
        for name, value in {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": len(body),
            **headers,
        }.items():
            if value is not None:
                self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as made:
        made.pages, made.seen, made.lock, made.busy, made.most_busy = {}, [], threading.Lock(), 0, 0
        made.daemon_threads = True
        made.home = f"http://127.0.0.1:{made.server_address[1]}"
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield made
        made.shutdown()


def ok(body, **headers):
    return 200, headers, body


def listed(server, *paths):
    urls = [p if ":" in p else server.home + p for p in paths]
    return pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(len(urls))],
            "url": urls,
            "archive_url": pd.Series([None] * len(urls), dtype="str"),
        }
    )


def fetched(server, folder, *paths, **options):
    options = {
        "limits": Limits(seconds=2.0, most_bytes=200_000),
        "allow_private": LOOPBACK,
        "delay": 0.0,
    } | options
    return fetch_pages(listed(server, *paths), folder, contact=ME, **options)


def asked(server):
    return [path for path, _, _ in server.seen]


# --- one page --------------------------------------------------------------------------------------------


def test_a_page_is_fetched_and_the_request_says_who_asks(server, tmp_path):
    server.pages["/ferry"] = ok(page("ferry strike"))
    row = fetched(server, tmp_path, "/ferry").iloc[0]
    assert row["status"] == "fetched"
    assert (tmp_path / row["file"]).read_bytes() == page("ferry strike")
    assert asked(server) == ["/robots.txt", "/ferry"]
    headers = server.seen[1][1]
    assert headers["User-Agent"] == user_agent(ME)
    assert headers["User-Agent"].startswith("samestory/")
    assert ME in headers["User-Agent"]
    assert headers["Host"] == server.home.removeprefix("http://")
    assert "Cookie" not in headers


@pytest.mark.parametrize(
    ("path", "answer", "status", "note"),
    [
        ("/gone", (404, {}, b"no"), "http_error", "404"),
        ("/broken", (500, {}, b"no"), "http_error", "500"),
        ("/pdf", ok(b"%PDF-1.7", **{"Content-Type": "application/pdf"}), "wrong_type", "application/pdf"),
        ("/untyped", ok(b"x", **{"Content-Type": None}), "wrong_type", "a web page was needed"),
        ("/large", ok(b"x" * 300_000), "too_large", "300,000 bytes announced"),
        ("/round", (302, {"Location": "/round"}, b""), "redirects", "more than 5"),
        ("/nowhere", (302, {"Location": "http://[broken"}, b""), "refused", "no web address"),
        ("/file", (302, {"Location": "file:///etc/passwd"}, b""), "refused", "http or https"),
        ("/inside", (302, {"Location": "http://127.0.0.2/"}, b""), "refused", "127.0.0.2"),
        (
            "/metadata",
            (301, {"Location": "http://169.254.169.254/latest/"}, b""),
            "refused",
            "169.254.169.254",
        ),
        ("/intranet", (307, {"Location": "http://10.0.0.1:8080/x"}, b""), "refused", "10.0.0.1"),
        ("/six", (308, {"Location": "http://[::1]:80/"}, b""), "refused", "::1"),
        ("/number", (302, {"Location": "http://2130706434/"}, b""), "refused", "127.0.0.2"),
        ("/password", (302, {"Location": "http://me:you@127.0.0.1/"}, b""), "refused", "user name"),
    ],
)
def test_pages_that_are_not_taken(server, tmp_path, path, answer, status, note):
    server.pages[path] = answer
    row = fetched(server, tmp_path, path).iloc[0]
    assert row["status"] == status
    assert note in row["note"]
    assert not (tmp_path / "pages").exists()
    assert pd.isna(row["file"])


def test_a_page_larger_than_it_said(server, tmp_path):
    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        handler.close_connection = True
        for _ in range(100):
            handler.wfile.write(b"<p>more</p>" * 1000)

    server.pages["/endless"] = endless
    assert fetched(server, tmp_path, "/endless")["status"].tolist() == ["too_large"]


def test_a_gzip_bomb(server, tmp_path):
    bomb = gzip.compress(b"<p>" + b" " * 300_000_000, compresslevel=1)
    assert len(bomb) < 2_000_000
    server.pages["/bomb"] = ok(bomb, **{"Content-Encoding": "gzip"})
    began = time.monotonic()
    limits = Limits(seconds=10.0, most_bytes=2_000_000)
    row = fetched(server, tmp_path, "/bomb", limits=limits).iloc[0]
    assert row["status"] == "too_large"
    assert time.monotonic() - began < 10


def test_gzip_that_is_none(server, tmp_path):
    server.pages["/odd"] = ok(b"not packed at all", **{"Content-Encoding": "gzip"})
    assert fetched(server, tmp_path, "/odd")["status"].tolist() == ["failed"]


def test_a_packed_page_is_unpacked(server, tmp_path):
    server.pages["/packed"] = ok(gzip.compress(page("flood")), **{"Content-Encoding": "gzip"})
    row = fetched(server, tmp_path, "/packed").iloc[0]
    assert (tmp_path / row["file"]).read_bytes() == page("flood")


def dripping(*, head):
    """One byte now and then: each within the timeout of a socket, all of them never."""

    def answer(handler):
        handler.close_connection = True
        if not head:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(100):
            handler.wfile.write(b"H" if head else b" ")
            handler.wfile.flush()
            time.sleep(0.1)

    return answer


@pytest.mark.parametrize("head", [True, False])
def test_a_page_that_drips(server, tmp_path, head):
    server.pages["/slow"] = dripping(head=head)
    began = time.monotonic()
    row = fetched(server, tmp_path, "/slow", limits=Limits(seconds=0.6)).iloc[0]
    assert row["status"] == "too_slow"
    assert time.monotonic() - began < 5
    assert not (tmp_path / "pages").exists()


def test_a_server_that_says_nothing(server, tmp_path):
    server.pages["/silent"] = lambda handler: time.sleep(1.5)
    assert fetched(server, tmp_path, "/silent", limits=Limits(seconds=0.4))["status"].tolist() == ["too_slow"]


def test_no_server_and_no_host(server, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    rows = fetched(server, tmp_path, f"http://127.0.0.1:{port}/x", "http://no-such-host.invalid/x")
    assert rows["status"].tolist() == ["left_alone", "left_alone"]
    assert rows["note"].str.contains("robots.txt could not be read").all()


def test_what_is_no_web_address(server, tmp_path):
    rows = fetched(
        server, tmp_path, "ftp://herald.example/a", "javascript:alert(1)", "http://[::1", "http:///x"
    )
    assert rows["status"].tolist() == ["refused"] * 4
    none = fetch_pages(listed(server, "/a").assign(url=pd.Series([None], dtype="str")), tmp_path, contact=ME)
    assert none["status"].tolist() == ["no_address"]
    assert server.seen == []


def test_loopback_is_refused_by_default(server, tmp_path):
    server.pages["/ferry"] = ok(page("ferry strike"))
    row = fetched(server, tmp_path, "/ferry", allow_private=()).iloc[0]
    assert row["status"] == "refused"
    assert "not on the public internet" in row["note"]
    assert server.seen == []


def test_a_name_that_changes_its_address_is_resolved_once(server, tmp_path, monkeypatch):
    """DNS rebinding: the second answer for the name is never asked for."""
    real, names = socket.getaddrinfo, []

    def resolve(host, port, *rest, **options):
        if host == "news.example":
            names.append(host)
            address = "127.0.0.1" if len(names) % 2 else "127.0.0.9"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]
        return real(host, port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    port = server.server_address[1]
    answer = web.get(
        f"http://news.example:{port}/robots.txt", agent="x", limits=Limits(), allow_private=LOOPBACK
    )
    assert (answer.status, names) == (404, ["news.example"])
    assert server.seen[0][1]["Host"] == f"news.example:{port}"
    with pytest.raises(Unfetched, match=r"127\.0\.0\.9"):
        web.get(f"http://news.example:{port}/", agent="x", limits=Limits(), allow_private=LOOPBACK)


def test_a_name_with_one_private_address_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("93.184.215.14", "192.168.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *rest, **options: found)
    with pytest.raises(Unfetched, match=r"192\.168\.1\.1"):
        web.get("http://news.example/", agent="x", limits=Limits())


@pytest.mark.parametrize(
    "address",
    "0.0.0.0 127.9.9.9 172.16.0.1 192.168.0.1 100.64.0.1 198.18.0.1 224.0.0.1 255.255.255.255 :: fc00::1 "
    "fe80::1 ff02::1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 2002:7f00:1::1 "
    "64:ff9b::7f00:1 2001:db8::1".split(),
)
def test_addresses_that_are_not_public(address):
    assert not web.is_public(address)


# --- politeness ------------------------------------------------------------------------------------------


def test_robots_txt_is_kept(server, tmp_path):
    robots = b"User-agent: *\nDisallow: /private\n\nUser-agent: samestory\nDisallow: /not-for-us$\n"
    server.pages["/robots.txt"] = ok(robots, **{"Content-Type": "text/plain"})
    server.pages |= {p: ok(page("flood")) for p in ("/private", "/not-for-us", "/not-for-us/2")}
    rows = fetched(server, tmp_path, "/not-for-us", "/private", "/not-for-us/2")
    assert rows["status"].tolist() == ["robots", "fetched", "fetched"]
    assert asked(server) == ["/robots.txt", "/private", "/not-for-us/2"]


def test_robots_txt_holds_for_where_redirects_lead(server, tmp_path):
    server.pages["/robots.txt"] = ok(b"User-agent: *\nDisallow: /private\n")
    server.pages["/open"] = (302, {"Location": "/private"}, b"")
    server.pages["/private"] = ok(page("flood"))
    row = fetched(server, tmp_path, "/open").iloc[0]
    assert row["status"] == "robots"
    assert "/private" not in asked(server)


def test_a_host_that_cannot_give_its_robots_txt_is_left_alone(server, tmp_path):
    server.pages["/robots.txt"] = (503, {}, b"")
    server.pages |= {"/a": ok(page("flood")), "/b": ok(page("frost"))}
    rows = fetched(server, tmp_path, "/a", "/b")
    assert rows["status"].tolist() == ["left_alone", "left_alone"]
    assert asked(server) == ["/robots.txt"]


def test_a_long_robots_txt_counts_as_far_as_it_is_read(server, tmp_path):
    server.pages["/robots.txt"] = ok(b"User-agent: *\nDisallow: /a\n" + b"# filler\n" * 200_000)
    server.pages["/a"] = ok(page("flood"))
    assert fetched(server, tmp_path, "/a", limits=Limits(seconds=10))["status"].tolist() == ["robots"]


def test_a_host_that_asks_for_a_pause_gets_it(server, tmp_path):
    server.pages |= {"/a": (429, {}, b""), "/b": ok(page("frost"))}
    rows = fetched(server, tmp_path, "/a", "/b")
    assert rows["status"].tolist() == ["http_error", "left_alone"]
    assert asked(server) == ["/robots.txt", "/a"]


def test_a_host_that_fails_is_left_alone(server, tmp_path):
    server.pages |= {f"/{i}": lambda handler: handler.connection.shutdown(socket.SHUT_RDWR) for i in range(5)}
    rows = fetched(server, tmp_path, *(f"/{i}" for i in range(5)))
    assert rows["status"].tolist() == ["failed"] * 3 + ["left_alone"] * 2


def test_one_request_at_a_time_with_pauses(server, tmp_path):
    server.pages |= {f"/{i}": ok(page("flood")) for i in range(3)}
    fetched(server, tmp_path, "/0", "/1", "/2", delay=0.3)
    times = pd.Series([at for _, _, at in server.seen])
    assert len(times) == 4
    assert times.diff().min() >= 0.29
    assert server.most_busy == 1


def test_a_longer_crawl_delay_is_kept(server):
    server.pages["/robots.txt"] = ok(b"User-agent: *\nCrawl-delay: 7\n")
    server.pages |= {"/a": ok(page("flood")), "/b": ok(page("flood"))}
    slept = []
    visitor = Visitor(user_agent(ME), Limits(), 1.0, LOOPBACK, sleep=slept.append)
    visitor.page(f"{server.home}/a")
    visitor.page(f"{server.home}/b")
    assert slept[-1] == pytest.approx(7, abs=0.5)
    server.pages["/robots.txt"] = ok(b"User-agent: *\nCrawl-delay: 86400\n")
    with pytest.raises(Unfetched, match="86400 seconds between requests"):
        Visitor(user_agent(ME), Limits(), 0.0, LOOPBACK).page(f"{server.home}/a")


def test_what_was_fetched_is_not_asked_for_again(server, tmp_path):
    server.pages |= {"/a": ok(page("flood")), "/b": (404, {}, b"")}
    first = fetched(server, tmp_path, "/a", "/b", "/a")
    assert first["status"].tolist() == ["fetched", "http_error", "fetched"]
    assert asked(server).count("/a") == 1
    with (tmp_path / "fetched.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"article_id": "a1", "sta')  # stopped in the middle of a line
    server.pages["/b"] = ok(page("frost"))
    again = fetched(server, tmp_path, "/a", "/b", "/a")
    assert again["status"].tolist() == ["fetched"] * 3
    assert asked(server).count("/a") == 1
    assert asked(server).count("/b") == 2
    (tmp_path / first["file"].iloc[0]).write_bytes(b"changed on disk")
    assert fetched(server, tmp_path, "/a")["status"].tolist() == ["fetched"]
    assert asked(server).count("/a") == 2


def test_an_encoding_that_only_the_header_names(server, tmp_path):
    body = page("caf\u00e9 strike".encode().decode()).decode().encode("iso-8859-2")
    server.pages["/a"] = ok(body, **{"Content-Type": "text/html; charset=iso-8859-2"})
    row = fetched(server, tmp_path, "/a").iloc[0]
    assert "café strike" in (tmp_path / row["file"]).read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("contact", ["", "me", "a@b.example\r\nX: 1", "http://x", "me@uni"])
def test_a_contact_is_an_address(server, tmp_path, contact):
    with pytest.raises(OptionError, match="a mail or web address was needed"):
        fetch_pages(listed(server, "/a"), tmp_path, contact=contact)


def test_without_the_extra(server, tmp_path, monkeypatch):
    monkeypatch.setattr(web, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"samestory\[fetch\]"):
        fetch_pages(listed(server, "/a"), tmp_path, contact=ME)


# --- the whole way ---------------------------------------------------------------------------------------


@pytest.fixture
def package(server, tmp_path):
    """A package of four pages as they were: one will be the same, one near, one changed, one gone."""
    rows = {"same": "ferry strike", "near": "flood", "other": "frost", "gone": "fire"}
    articles = pd.DataFrame(
        {
            "article_id": list(rows),
            "outlet": "Herald",
            "title": None,
            "text": [page_row(page(s).decode())["text"] for s in rows.values()],
            "url": [f"{server.home}/{n}" for n in rows],
            "published": pd.to_datetime(["2025-03-04"] * 4, utc=True),
        }
    ).astype({"title": "str"})
    server.pages |= {
        "/same": ok(page("ferry strike")),
        "/near": ok(page("flood", changes=1)),
        "/other": (302, {"Location": "/front"}, b""),
        "/front": ok(page("new timetable of the trams")),
    }
    return articles, ss.dehydrate(articles, tmp_path / "package")


def rebuilt(package, out, **options):
    options = {
        "delay": 0.0,
        "limits": Limits(seconds=3.0),
        "allow_private": LOOPBACK,
        "contact": ME,
    } | options
    return ss.rebuild_corpus(package, out, **options)


def test_a_corpus_is_rebuilt_from_the_web(server, tmp_path, package):
    articles, folder = package
    report = rebuilt(folder, tmp_path / "corpus", fetch=True)
    assert report["status"].tolist() == ["exact", "near", "changed", "missing"]
    assert report["note"].fillna("").tolist()[3] == "live: http_error, the host answered 404"
    corpus = ss.read_corpus(tmp_path / "corpus")
    assert corpus["article_id"].tolist() == articles["article_id"].tolist()
    assert corpus["text"].iloc[0] == articles["text"].iloc[0]
    assert corpus["text"].iloc[2] == ""
    assert corpus["title"].iloc[0] == "The ferry strike"
    # Given again, it goes on: what is verified is not asked for again.
    n_same = asked(server).count("/same")
    server.pages["/gone"] = ok(page("fire"))
    report = rebuilt(folder, tmp_path / "corpus", fetch=True)
    assert report["status"].tolist() == ["exact", "near", "changed", "exact"]
    assert asked(server).count("/same") == n_same
    with pytest.raises(OutputError, match="add --fetch to go on with it"):
        rebuilt(folder, tmp_path / "corpus", texts=articles)


def test_texts_at_hand_are_not_fetched(server, tmp_path, package):
    articles, folder = package
    report = rebuilt(folder, tmp_path / "corpus", texts=articles.iloc[[0, 2, 3]], fetch=True)
    assert report["status"].tolist() == ["exact", "near", "exact", "exact"]
    assert asked(server) == ["/robots.txt", "/near"]


def test_the_archive_is_asked_for_what_the_web_lost_and_only_on_request(
    server, tmp_path, package, monkeypatch
):
    _, folder = package
    monkeypatch.setattr(
        "samestory.sharing.fetching.archive_page",
        lambda url: url.replace(
            f"https://web.archive.org/web/20250304000000/{server.home}", f"{server.home}/web"
        ),
    )
    server.pages |= {"/web/other": ok(page("frost")), "/web/gone": (404, {}, b"")}
    rebuilt(folder, tmp_path / "one", fetch=True)
    assert not any(p.startswith("/web/") for p in asked(server))
    report = rebuilt(folder, tmp_path / "two", fetch=True, archive=True)
    assert report["status"].tolist() == ["exact", "near", "exact", "missing"]
    assert report["note"].iloc[3].endswith("archive: http_error, the host answered 404")
    assert [p for p in asked(server) if p.startswith("/web/")] == ["/web/other", "/web/gone"]


def test_nothing_can_be_fetched(server, tmp_path, package):
    server.pages.clear()
    report = rebuilt(package[1], tmp_path / "corpus", fetch=True)
    assert report["status"].tolist() == ["missing"] * 4
    assert (tmp_path / "corpus" / "hydration.csv").is_file()


def test_the_log_is_a_record_of_every_request(server, tmp_path, package):
    rebuilt(package[1], tmp_path / "corpus", fetch=True)
    rows = [
        json.loads(line) for line in (tmp_path / "corpus" / "fetched.jsonl").read_text("utf-8").splitlines()
    ]
    assert [r["status"] for r in rows] == ["fetched", "fetched", "fetched", "http_error"]
    assert rows[2]["final_url"] == f"{server.home}/front"
    assert all(r["fetched"].endswith("Z") for r in rows[:3])


def test_the_command_refuses_loopback_and_is_quiet_in_a_pipe(server, tmp_path, package):
    out = tmp_path / "corpus"
    done = CliRunner().invoke(
        main, ["hydrate", str(package[1]), "--fetch", "--contact", ME, "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert "      4  missing" in done.output
    assert done.stderr == ""
    assert server.seen == []
    assert "not on the public internet" in pd.read_csv(out / "hydration.csv")["note"].iloc[0]
