"""The model: the same as plain scikit-learn's, reproducible, as good as its card says, and it can be taught."""

import json
from pathlib import Path

import numpy as np
import pytest
from conftest import SAMPLE, Market, greenhouse_job
from scipy.special import softmax
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize
from typer.testing import CliRunner

from classifiers.calibration import SHORT
from classifiers.concepts import concepts_of
from classifiers.examples import NO_COMPANY, TRAINING, Examples, read_examples
from classifiers.features import Block, Vocabulary, split
from classifiers.model import FILE, Model, ModelError
from classifiers.result import Result
from classifiers.tracks import LABELS
from classifiers.train import held_out_scores, sure_rows, train
from pipeline.cli import app
from pipeline.stages.teaching import most_useful
from warehouse.store import ask

WRITTEN = [json.loads(line) for line in (TRAINING / "written.jsonl").read_text().splitlines()]
TITLES, TEXTS = [row["title"] for row in WRITTEN], [row["text"] for row in WRITTEN]
ODD = ["", " ", "a", "C++ c# naïve café ÅÄÖ", "☃ snow", "x" * 300, "\x00\ttab\nline", "word " * 5000]


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.load()


@pytest.fixture(scope="module")
def examples() -> Examples:
    return read_examples()


def vectorizer(vocabulary: Vocabulary) -> CountVectorizer:
    return CountVectorizer(
        vocabulary=vocabulary.terms,
        tokenizer=lambda text: [word.decode() for word in split(text)],
        token_pattern=None,
        lowercase=False,
        ngram_range=(1, 2),
    )


def plain_features(block: Block, name: str, texts: list[str]) -> np.ndarray:
    """A block's features by scikit-learn alone."""
    counts = vectorizer(block.vocabulary).transform(texts)
    tfidf = TfidfTransformer(sublinear_tf=True, norm=None)
    tfidf.idf_ = block.term_weights
    terms = normalize(tfidf.transform(counts.astype(float))) * block.weight
    columns = {term: number for number, term in enumerate(block.vocabulary.terms)}
    spoken = [(counts[:, [columns[t] for t in terms_]] > 0).sum(axis=1) for terms_ in concepts_of(name).values()]
    return np.hstack([terms.toarray(), np.log1p(np.hstack(spoken)) * block.concept_weight])


def test_counts_are_those_of_scikit_learn(model: Model) -> None:
    texts = TEXTS + ODD
    assert (model.text.vocabulary.count(texts) != vectorizer(model.text.vocabulary).transform(texts)).nnz == 0
    assert model.text.vocabulary.count([]).shape == (0, len(model.text.vocabulary.terms))


def test_labels_are_those_of_the_plain_pipeline(model: Model) -> None:
    titles, texts = TITLES[::4] + ODD, TEXTS[::4] + ODD[::-1]
    features = np.hstack([plain_features(model.title, "title", titles), plain_features(model.text, "text", texts)])
    alone_weights = np.vstack([model.title_weights, model.weights[model.title.width :]])
    scores = (
        np.asarray(features @ model.weights) + model.intercepts,
        np.asarray(features @ alone_weights) + model.title_intercepts,
    )
    whole, alone = (scores[at] / model.calibration.temperatures[at] + model.calibration.biases[at] for at in (0, 1))
    terms = vectorizer(model.text.vocabulary).transform(texts).getnnz(axis=1)
    short = np.exp(-terms / SHORT)[:, None]
    expected = softmax((1 - short) * whole + short * alone, axis=1)
    found = model.label(titles, texts)
    assert [label.track for label in found] == [LABELS[number] for number in expected.argmax(axis=1)]
    assert [label.probability for label in found] == pytest.approx(expected.max(axis=1))


def test_two_trainings_give_the_same_bytes(examples: Examples, tmp_path: Path) -> None:
    few = examples.take(np.arange(0, len(examples.labels), 8))
    for name in ("once", "again"):
        train(few).save(tmp_path / f"{name}.npz")
    assert (tmp_path / "again.npz").read_bytes() == (tmp_path / "once.npz").read_bytes()


def test_every_processor_learns_the_model_that_is_kept(examples: Examples, model: Model) -> None:
    """The kept model was trained on another processor, whose logarithms may differ in their last bits."""
    again = train(examples)
    ours, kept = (one.probabilities(one.features((examples.title, examples.text))) for one in (again, model))
    assert (ours.argmax(axis=1) == kept.argmax(axis=1)).all()
    assert np.abs(ours - kept).max() < 1e-6
    assert (again.shift, again.company_shift) == (model.shift, model.company_shift)


def test_it_is_as_good_on_companies_it_never_saw_as_the_card_says(examples: Examples) -> None:
    sure, held = sure_rows(examples), held_out_scores(examples)
    calibration = held.calibration(examples)
    result = Result(examples.labels[sure], held.probabilities(examples, calibration)[sure])
    assert result.macro_f1() >= 0.78
    assert result.accuracy() >= 0.845
    assert result.by_label()[2].min() >= 0.60
    assert result.calibration_error() <= 0.03
    alone = calibration.probabilities(held.whole[sure], held.alone[sure], np.zeros(sure.sum(), np.int64))
    of_titles = Result(examples.labels[sure], alone)
    assert of_titles.accuracy() >= 0.74
    assert of_titles.calibration_error() <= 0.05


APART = [json.loads(line) for line in Path(__file__).with_name("labelled_apart.jsonl").read_text("utf-8").splitlines()]
LANGUAGES = ("de", "fr", "es", "nl", "pl")


@pytest.mark.parametrize(
    ("kinds", "least"), [(("short",), 0.9), (("title",), 0.8), (LANGUAGES, 0.9), (("style",), 0.8)]
)
def test_postings_written_apart_get_their_label(model: Model, kinds: tuple[str, ...], least: float) -> None:
    """They were written before the written training postings of their kind, and are none of them."""
    assert not {row["text"] for row in APART if row["text"]} & set(TEXTS)
    rows = [row for row in APART if row["kind"] in kinds]
    found = model.label([row["title"] for row in rows], [row["text"] for row in rows])
    right = [label.track == row["label"] for label, row in zip(found, rows, strict=True)]
    assert sum(right) / len(rows) >= least
    surely_wrong = [
        row["title"]
        for label, row in zip(found, rows, strict=True)
        if label.probability >= 0.9 and label.track != row["label"]
    ]
    assert len(surely_wrong) <= 0.05 * len(rows), surely_wrong


def test_a_title_that_says_little_is_not_taken_for_much(model: Model) -> None:
    said = model.label(
        ["ML Researcher", "ML Researcher | Remote", "LLM Engineer", "Engineer, AI", "Researcher"], [""] * 5
    )
    assert max(label.probability for label in said[:3]) < 0.6
    assert said[4].probability < 0.6
    # readers called 128 of 162 real postings of such a title applied LLM: 0.79
    assert said[3].track == "applied_llm"
    assert said[3].probability < 0.84


def test_no_company_is_on_both_sides(examples: Examples) -> None:
    for fitted, held_out in examples.folds(5):
        assert not set(examples.companies[fitted]) & set(examples.companies[held_out])
        assert NO_COMPANY not in examples.companies[held_out]


def test_every_concept_is_made_of_terms_that_count(model: Model) -> None:
    for name, block in (("title", model.title), ("text", model.text)):
        assert {term for terms in concepts_of(name).values() for term in terms} <= set(block.vocabulary.terms)
        assert block.concepts.shape[1] == len(concepts_of(name))


def test_reasons_add_up_to_the_score(model: Model) -> None:
    features = model.features(model.count(TITLES[:20], TEXTS[:20]))
    scores = model.scores(*features) - model.intercepts
    labels = scores.argmax(axis=1)
    assert np.asarray(model.said(features, labels).sum(axis=1)).ravel() == pytest.approx(over_the_mean(scores, labels))


def over_the_mean(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return np.asarray(scores[np.arange(len(labels)), labels] - scores.mean(axis=1))


def test_reasons_of_a_title_without_a_text_are_those_of_the_layer_that_read_it(model: Model) -> None:
    features = model.features(model.count(TITLES[:20], [""] * 19 + TEXTS[:1]))
    scores = model.title_scores(features[0]) - model.title_intercepts
    labels = scores.argmax(axis=1)
    said = np.asarray(model.said(features, labels).sum(axis=1)).ravel()
    assert said[:19] == pytest.approx(over_the_mean(scores, labels)[:19])
    assert said[19] != pytest.approx(over_the_mean(scores, labels)[19])
    assert model.label(["MLOps Engineer"], [""])[0].terms[0] == "mlops"


def test_a_few_words_count_beside_a_title_that_says_nothing(model: Model) -> None:
    assert model.label(["機械学習"], ["PyTorch, DeepSpeed, LoRA, fine-tuning"])[0].track == "training"


@pytest.mark.parametrize(
    ("title", "track"),
    [("Fine-tuning Engineer", "training"), ("Post-training Engineer", "training"), ("vLLM Engineer", "inference_serving"),
     ("LLM Inference Engineer", "inference_serving"), ("RAG Engineer", "applied_llm"), ("MLOps Engineer", "mlops_platform"),
     ("AI Safety Researcher", "safety_eval"), ("Training Specialist", "none"), ("Alignment Technician", "none"),
     ("Safety Engineer", "none"), ("DevOps Engineer", "none"), ("Market Researcher", "none")],
)  # fmt: skip
def test_a_title_that_names_the_work_is_enough(model: Model, title: str, track: str) -> None:
    assert model.label([title], [""])[0].track == track


def test_ordinary_jobs_get_no_track(model: Model) -> None:
    titles = ["Account Executive, Enterprise", "Senior Counsel", "Recruiter, AI Research", "Payroll Accountant",
              "Facilities Manager", "Office Coordinator", "Product Marketing Lead"]  # fmt: skip
    assert {label.track for label in model.label(titles, ["We build safe language models."] * len(titles))} == {"none"}


TRADES = {
    "Solutions Architect, Pre-Sales": "You show our inference platform in demos, answer tenders and size proofs of concept that customers build.",
    "Sales Engineer, Vector Database": "First calls, demos of semantic search, security questionnaires. You carry a quota with two account executives.",
    "Senior Product Manager, Fine-Tuning": "You own the roadmap of our fine-tuning API: interviews, requirements, pricing and launches with engineering.",
    "Technical Program Manager, GPU Clusters": "Plans, risks and vendor deliveries for training clusters; status for leadership every week.",
    "ASIC Verification Engineer": "UVM test benches and coverage for the matrix unit of our AI accelerator. SystemVerilog, five years.",
    "Optical Hardware Engineer": "Transceivers and fibre alignment between racks of GPUs; link budgets, lab tests, suppliers.",
    "Expert Rater, Mathematics": "You compare answers of language models and mark errors by a rubric, from home, paid by the hour.",
    "Data Center Technician": "Rack and cable GPU servers, swap failed parts, keep spares. Shifts. Our clusters train frontier models.",
}


def test_other_trades_at_ai_companies_get_no_track(model: Model) -> None:
    found = model.label(list(TRADES), list(TRADES.values()))
    assert {title: label.track for title, label in zip(TRADES, found, strict=True)} == dict.fromkeys(TRADES, "none")


def test_a_term_counts_by_what_it_tells_of_the_label(model: Model) -> None:
    weight = dict(zip(model.text.vocabulary.terms, model.text.term_weights, strict=True))
    assert weight["the"] == weight["and"] == 0
    assert weight["vllm"] > weight["python"] > 0


def test_a_model_of_an_older_trackmix_is_told_apart_from_a_damaged_one(tmp_path: Path) -> None:
    with np.load(FILE, allow_pickle=False) as kept:
        np.savez(tmp_path / "model.npz", **{name: kept[name] for name in kept.files if "alone" not in name})
    with pytest.raises(ModelError, match=r"model\.npz is of an older trackmix; delete it, or train it again"):
        Model.load(tmp_path / "model.npz")


def test_a_file_of_the_model_holds_no_pickle(tmp_path: Path) -> None:
    with np.load(FILE, allow_pickle=False) as kept:
        assert all(kept[name].dtype != object for name in kept.files)


def invoke(*words: str, typed: str = "") -> str:
    result = CliRunner().invoke(app, words, input=typed)
    assert result.exit_code == 0, result.output
    return result.output


def test_explain_names_what_decided(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "posting.html"
    file.write_text("Inference Engineer\n<p>You write CUDA kernels and serve models with vLLM at low latency.</p>")
    said = invoke("explain", str(file), "--home", str(sample_home), "--format", "json")
    terms = {row["term"] for row in json.loads(said) if row["for or against"] == "for"}
    assert {"cuda", "kernels", "vllm"} <= terms
    posting = ask(
        sample_home, "select posting_id from postings join labels using (posting_id) where track = 'training'"
    )
    assert "Fine-tuning" in invoke("explain", posting.rows[0][0], "--home", str(sample_home))
    missing = CliRunner().invoke(app, ["explain", "no-such-posting", "--home", str(sample_home)])
    assert missing.exit_code == 2
    assert "no posting and no file called 'no-such-posting'" in missing.stderr


def test_what_a_user_labels_is_learnt_and_relabels_everything(materialize, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert materialize(SAMPLE / "2026-10-26", home, through="labels").success
    invoke("label", "--review", "3", "--home", str(home), typed="1\n3\ns\n6\n2\n")
    kept = (home / "labels.csv").read_text().splitlines()
    assert [line.split(",", 1)[1] for line in kept] == ["label,second,sure", "applied_llm,,3", "safety_eval,,2"]
    assert "with 2 of your labels" in invoke("train", "--home", str(home))
    result = materialize(SAMPLE / "2026-10-26", home, through="labels")
    labelled = result.asset_materializations_for_node("labels")[0].metadata
    number = ask(home, "select count(*) from postings").rows[0][0]
    assert labelled["labelled"].value == number
    assert 0 < labelled["moved"].value < number
    assert ask(home, "select distinct model_version from labels").rows == [(Model.load(home / "model.npz").version,)]


def test_a_label_that_is_none_is_named(sample_home: Path, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("posting_id,label,second,sure\nx,inference,,3\n")
    result = CliRunner().invoke(app, ["train", "--home", str(tmp_path)])
    assert result.exit_code == 2
    assert "labels.csv, line 2" in result.stderr


def test_a_market_that_speaks_another_language_is_a_drift(market, materialize, tmp_path: Path) -> None:
    strange: Market = market("2026-10-05")
    words = "wij zoeken iemand die graag fietst bakt zaagt timmert schildert tuiniert en elke dag brood bezorgt "
    jobs = [greenhouse_job(number, title="Bezorger", content=words * 9) for number in range(30)]
    strange.board("Bakkerij", "bakkerij", jobs)
    strange.board("Anvil", "anvil", [greenhouse_job(number) for number in range(100, 125)])
    home = tmp_path / "home"
    checks = {check.check_name: check for check in
              materialize(strange.folder, home, through="labels").get_asset_check_evaluations()}  # fmt: skip
    assert not checks["words_are_familiar"].passed
    said = checks["words_are_familiar"].metadata["least familiar board"].value
    assert said.startswith("Bakkerij (greenhouse): ")
    assert "of 30 postings" in said
    assert {row["company"] for row in most_useful(home, 30)} == {"Bakkerij"}
    assert {row["company"] for row in most_useful(home, 40)} == {"Bakkerij", "Anvil"}
