"""What one would write in an afternoon instead of trackmix; `bench/market.py` runs it beside, in an environment of its own.

    python bench/plain.py learn POSTINGS.jsonl MODEL   # lines of title, text and label
    python bench/plain.py run REPLIES MODEL HOME       # a folder of replies, as `trackmix run --replay` takes it
    python bench/plain.py ask HOME CITY                # how many of each track are open there, and what they pay

It needs beautifulsoup4, pandas, python-jobspy and scikit-learn, of which the project itself needs but two. It reads a day
whole each time: what has closed, what is there twice, where a place lies, and skills it does not know.
"""

import html
import json
import pickle
import sqlite3
import sys
from pathlib import Path


def learn(postings: Path, file: Path) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    with postings.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=1000))
    model.fit([f"{row['title']}\n{row['text']}" for row in rows], [row["label"] for row in rows])
    file.write_bytes(pickle.dumps(model))


def run(replies: Path, file: Path, home: Path) -> None:
    import pandas
    from bs4 import BeautifulSoup
    from jobspy.util import extract_salary

    rows = []
    with (replies / "index.jsonl").open(encoding="utf-8") as lines:
        files = [json.loads(line)["file"] for line in lines]
    for name in files:
        for job in json.loads((replies / name).read_bytes())["jobs"]:
            text = BeautifulSoup(html.unescape(job["content"]), "html.parser").get_text("\n")
            interval, low, high, currency = extract_salary(text, enforce_annual_salary=True)
            rows.append((job["id"], name, job["title"], text, job["location"]["name"], job["first_published"], job["absolute_url"],
                         interval, low, high, currency))  # fmt: skip
    columns = [
        "id",
        "board",
        "title",
        "text",
        "location",
        "published",
        "url",
        "interval",
        "pay_low",
        "pay_high",
        "currency",
    ]
    frame = pandas.DataFrame(rows, columns=columns)
    model = pickle.loads(file.read_bytes())
    chances = model.predict_proba(
        [f"{title}\n{text}" for title, text in zip(frame["title"], frame["text"], strict=True)]
    )
    frame["track"], frame["probability"] = model.classes_[chances.argmax(axis=1)], chances.max(axis=1)
    home.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(home / "postings.sqlite")
    frame.to_sql("postings", connection, if_exists="replace", index=False)
    connection.execute("create index by_location on postings (location)")
    connection.commit()


def ask(home: Path, city: str) -> None:
    connection = sqlite3.connect(home / "postings.sqlite")
    asked = "select track, count(*), avg(pay_low) from postings where location like ? group by track order by 2 desc"
    for row in connection.execute(asked, (f"{city}%",)):
        print(*row)


if __name__ == "__main__" and len(sys.argv) > 1:
    {"learn": learn, "run": run, "ask": ask}[sys.argv[1]](*map(Path, sys.argv[2:4]), *map(Path, sys.argv[4:5]))
