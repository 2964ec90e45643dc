"""What is masked before it is kept, and what is left alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetching.masking import masked_payload
from pipeline.privacy import masked


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Write to jane.doe+jobs@kestrel.example.com.", "Write to [e-mail]."),
        ("Write to jane (at) kestrel.example.com", "Write to [e-mail]"),
        ("Call +49 30 1234-5678 or +1 (415) 555-0100", "Call [telephone] or [telephone]"),
        ("Recruiter: Jane Q. Doe-Smith\nBerlin", "Recruiter: [name]\nBerlin"),
        ("Ihre Ansprechpartnerin Frau Erika Beispiel hilft", "Ihre Ansprechpartnerin [name] hilft"),
        ("KONTAKT: Erika Beispiel, Recruiter: Max Muster", "KONTAKT: [name], Recruiter: [name]"),
        ("İzmir. Contact: Jane Doe", "İzmir. Contact: [name]"),
        ("Jane Doe, jane@kestrel.example.com, Max Muster: +49 30 1234-5678", "[name], [e-mail], [name]: [telephone]"),
        ("Your hiring manager is Max Beispiel.", "Your hiring manager is [name]."),
        (
            "Recruiter Video Call, then Hiring Manager Phone Screen",
            "Recruiter Video Call, then Hiring Manager Phone Screen",
        ),
        ("only e-mail from our domain @kestrel.example.com", "only e-mail from our domain @kestrel.example.com"),
        (
            "npm@10.2.1 and $120,000 - $150,000, 5+ years, +10.000",
            "npm@10.2.1 and $120,000 - $150,000, 5+ years, +10.000",
        ),
    ],
)
def test_people_are_masked_and_nothing_else(written: str, kept: str) -> None:
    assert masked(written) == kept


def test_a_masked_payload_keeps_its_form() -> None:
    payload = {
        "author": 'who "ever"',
        "creator": {"name": "Jane Doe"},
        "mailbox_email": "jobs@kestrel.example.com",
        "text": "mail jane@kestrel.example.com, author: x\nor call\n+49 30 1234-5678, +1 (415) 555-0100",
        "posted": "2026-10-05T10:00:00.000+00:00",
        "years": "5+ years, C++ 20, $120,000+ 100,000 shares",
        "id": 7,
    }
    assert json.loads(masked_payload(json.dumps(payload).encode(), ("author", "creator"))) == {
        "author": "[name]",
        "creator": {"name": "[name]"},
        "mailbox_email": "[e-mail]",
        "text": "mail [e-mail], author: x\nor call\n[telephone], [telephone]",
        "posted": "2026-10-05T10:00:00.000+00:00",
        "years": "5+ years, C++ 20, $120,000+ 100,000 shares",
        "id": 7,
    }


@given(
    st.lists(
        st.sampled_from(
            ["\n", "\t", "é", "\\", '"', "a", " ", "jane@kestrel.example.com ", "+49 30 12345678", "<", "\x07"]
        ),
        max_size=12,
    ),
    st.booleans(),
)
def test_masking_never_breaks_json(parts: list[str], is_ascii: bool) -> None:
    text = "".join(parts)
    kept = json.loads(masked_payload(json.dumps([text], ensure_ascii=is_ascii).encode()))[0]
    assert "@kestrel" not in masked(kept)
