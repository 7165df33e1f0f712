"""Nobody but the reader is answered, nothing is done that they did not send, and every answer is sealed."""

import httpx
import pytest
from starlette.testclient import TestClient
from viewers import ADA, case_path, client, post, run_path, token_of, viewer

from benchmarks.labels import Labels
from benchmarks.viewer.app import application
from benchmarks.viewer.guard import Keys, PublicPlace, is_loopback
from benchmarks.viewer.house import House
from benchmarks.viewer.places import Catalogue
from jury.errors import InputError


@pytest.fixture(scope="module")
def address(tmp_path_factory, plain):
    with viewer(tmp_path_factory.mktemp("cache"), plain) as at:
        yield at


@pytest.fixture
def asked(address):
    with client(address, ADA) as one:
        yield one


PAGES = ["/", "/trials", "/static/viewer.js", "/static/viewer.css", "/nowhere", "/runs/none", "/compare"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_sealed(asked, path):
    headers = asked.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8321", "127.0.0.1.evil.example", ""])
def test_a_name_that_is_not_this_machines_is_not_answered(asked, host):
    assert asked.get("/", headers={"host": host}).status_code in {400, 421}


def test_names_of_this_machine_are_answered(asked):
    assert asked.get("/", headers={"host": "localhost:1"}).status_code == 200


def given(plain) -> int:
    return Labels(plain).count()


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({}, {}),
        ({}, {"form_token": "guessed"}),
        ({"origin": "https://evil.example"}, {"form_token": None}),
        ({"origin": "null"}, {"form_token": None}),
        ({"sec-fetch-site": "cross-site"}, {"form_token": None}),
    ],
)
def test_a_forged_label_is_not_kept(asked, plain, headers, fields):
    """None stands for the right token: even with it, a form from elsewhere is turned away."""
    path = case_path(asked, "c1")
    sent = {name: value or token_of(asked, path) for name, value in fields.items()}
    before = given(plain)
    answer = asked.post(f"{path}/label", data={"choice": "safe", **sent}, headers=headers)
    assert answer.status_code == 403
    assert given(plain) == before


def test_a_body_beyond_all_measure_is_not_read(asked, plain):
    path = case_path(asked, "c1")
    answer = post(asked, f"{path}/label", seen_on=path, choice="safe", note="x" * 100_000)
    assert answer.status_code == 403
    assert given(plain) == 0


def test_a_label_by_get_is_not_there(asked):
    assert asked.get(f"{case_path(asked, 'c1')}/label").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/runs/..%2f..%2fetc/cases",
        "/runs/%2e%2e/cases",
        "/{run}/media/..%2f..%2fledger.sqlite",
        "/{run}/media/%2fetc%2fpasswd",
        "/{run}/cases/..%2f..%2fmanifest.json",
        "/{run}/cases/{case}/calls/..%2f..%2fledger.sqlite",
        "/{run}/cases/{case}/texts/..%2f..%2f..%2fmanifest.json",
        "/{run}/cases/{case}/drawings/..%2fcircle",
        "/trials/..%2f..%2fetc",
    ],
)
def test_no_path_of_a_request_leads_into_the_file_system(asked, path):
    run = run_path(asked).lstrip("/")
    case = case_path(asked, "c1").rsplit("/", 1)[1]
    answer = asked.get(path.format(run=run, case=case))
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "jury_hash" not in answer.text


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example", "/\\evil.example", "\\\\evil.example"])
def test_nobody_is_led_to_another_site(asked, back):
    answer = post(asked, "/reading", seen_on="/", name="Ada", back=back)
    assert answer.status_code == 303
    assert httpx.URL(asked.base_url).join(answer.headers["location"]).host == "127.0.0.1"


def test_a_name_that_is_no_name_is_cut_to_what_prints(asked):
    answer = post(asked, "/reading", seen_on="/", name="  A\u202eda\r\n <b>  ", back="/")
    assert "jury_reader=Ada%20%3Cb%3E;" in answer.headers["set-cookie"] + ";"


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_token_opens_the_viewer(tmp_path, plain, host):
    with viewer(tmp_path, plain, host=host, token=True) as at:
        base, _, token = at.replace("0.0.0.0", "127.0.0.1").partition("/?token=")
        with client(base) as asked:
            assert len(token) >= 32
            assert asked.get("/").status_code == 401
            assert asked.get("/?token=guessed").status_code == 401
            assert asked.get("/static/viewer.js").status_code == 401
            led = asked.get(f"/?page=1&token={token}")
            assert (led.status_code, led.headers["location"]) == (303, "/?page=1")
            assert "HttpOnly" in led.headers["set-cookie"]
            assert "secure" not in led.headers["set-cookie"].lower()
            assert "samesite=lax" in led.headers["set-cookie"].lower()
            assert asked.get("/").status_code == 200
            away = asked.get(f"//evil.example/?token={token}")
            assert httpx.URL(base).join(away.headers["location"]).host == "127.0.0.1"


def test_other_machines_are_never_served_without_a_token(tmp_path, plain):
    with pytest.raises(InputError, match="leave out --no-token"), viewer(tmp_path, plain, host="0.0.0.0", token=False):
        pass


def test_two_viewers_of_one_machine_keep_their_cookies_apart(tmp_path, plain):
    with (
        viewer(tmp_path / "a", plain, token=True) as one,
        viewer(tmp_path / "b", plain, token=True) as other,
        httpx.Client(follow_redirects=True) as browser,
    ):
        assert browser.get(one).status_code == 200
        assert browser.get(other).status_code == 200
        assert browser.get(one.partition("?")[0]).status_code == 200


def test_behind_a_proxy_the_public_address_is_printed_answered_and_may_post(tmp_path, plain):
    public = "https://jury.example.org"
    with viewer(tmp_path, plain, token=True, public_url=public) as at:
        assert at.startswith(f"{public}/?token=")


def test_a_proxys_host_is_answered_and_its_cookie_is_for_https_alone(plain):
    keys = Keys()
    house = House(Catalogue([plain]), plain, keys)
    app = application(house, PublicPlace.of("https://jury.example.org"))
    with TestClient(app, base_url="https://jury.example.org", follow_redirects=False) as asked:
        led = asked.get(f"/trials?token={keys.token}")
        assert (led.status_code, "secure" in led.headers["set-cookie"].lower()) == (303, True)
        assert asked.get("/trials").status_code == 200
        form = {"form_token": token_of(asked, "/trials"), "name": "Ada", "back": "/trials"}
        assert asked.post("/reading", data=form, headers={"origin": "https://jury.example.org"}).status_code == 303
        # A proxy that passes on its own address for the host: the browser still says where the form comes from.
        inner = {"origin": "https://jury.example.org", "host": "127.0.0.1:8321"}
        assert asked.post("/reading", data=form, headers=inner).status_code == 303
        assert asked.post("/reading", data=form, headers={"origin": "https://evil.example"}).status_code == 403
        assert asked.get("/trials", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("url", ["jury.example.org", "ftp://jury.example.org", "https://", "https://x.example/jury"])
def test_a_public_address_that_does_not_serve_is_turned_down(url):
    with pytest.raises(InputError, match="--public-url"):
        PublicPlace.of(url)


def test_keys_are_new_at_every_start():
    assert Keys().token != Keys().token
    assert Keys().form != Keys().form
    assert is_loopback("::1")
    assert not is_loopback("192.168.0.7")
