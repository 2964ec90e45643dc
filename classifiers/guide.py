"""What the guide for people choosing a track says of the six, told in our own words.

Every fact and figure here is the guide's; none is measured. `source` says where it was found. `classifiers.claims` has
what of it postings can bear out or refute.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was said: the page's title, and its address as far as it is known to us."""

    title: str
    address: str


GUIDE = Source("07 - Picking a specialization", "ametric.sh, AI expert roadmap from scratch")
PAY_COUNTRY, PAY_YEAR = "US", 2026  # of every band
PAY_KIND = "The guide does not say whether it means base pay or all pay."


@dataclass(frozen=True, slots=True)
class Band:
    """What a level is paid, in US dollars a year; `and_more` is who pays above `high_usd`, if anybody."""

    low_usd: int
    high_usd: int
    and_more: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do, in the job or to get in; `skills` are names in `skills.csv` that it has to do with."""

    does: str
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What the guide says of one track.

    `skills` are names in `skills.csv`, so that what postings ask for can stand beside them; `other_skills` are asked for
    too, and in no list of ours. `hired_by` is empty where the guide says nothing of it.
    """

    early: Band
    senior: Band
    day: tuple[Task, ...]
    skills: tuple[str, ...]
    other_skills: tuple[str, ...]
    hiring: str
    barrier: str
    hired_by: tuple[str, ...]
    break_in: tuple[Task, ...]
    source: Source = GUIDE


PROFILES = {
    "applied_llm": Profile(
        early=Band(130_000, 220_000),
        senior=Band(200_000, 400_000),
        day=(
            Task("product features on a model's API or a hosted model"),
            Task("prompts, retrieval and tools", ("Prompt engineering", "RAG", "Tool calling")),
            Task("agents", ("AI agents",)),
            Task("evals", ("Evals",)),
        ),
        skills=("Python", "REST APIs", "Vector databases", "Evals"),
        other_skills=("some front end",),
        hiring="more than any other track",
        barrier="The lowest. Entry is the most contested; seniors find a wide field.",
        hired_by=("companies of every kind",),
        break_in=(
            Task("Build three LLM applications that people use, and write up each.", ("Large language models",)),
            Task("Contribute to LangChain, LlamaIndex or a similar framework.", ("LangChain", "LlamaIndex")),
            Task("Become good at evals.", ("Evals",)),
        ),
    ),
    "inference_serving": Profile(
        early=Band(180_000, 280_000),
        senior=Band(300_000, 600_000),
        day=(
            Task("latency and cost of models in production", ("Inference optimization", "Model serving")),
            Task("serving with vLLM or TGI", ("vLLM", "Text Generation Inference")),
            Task("kernels", ("GPU kernels",)),
            Task("quantization and batching", ("Quantization",)),
            Task("scheduling of GPUs", ("GPUs",)),
        ),
        skills=("Kubernetes", "Performance profiling", "PyTorch", "C++", "CUDA"),
        other_skills=("a background in systems; C++ and CUDA are a plus, PyTorch is meant from inside",),
        hiring="steadily",
        barrier="Higher, and fewer candidates; back-end engineers and SREs have the background.",
        hired_by=(),
        break_in=(
            Task("Contribute to vLLM.", ("vLLM",)),
            Task("Benchmark serving set-ups.", ("Model serving", "Model benchmarking")),
            Task("Write a comparison of serving strategies.", ("Model serving", "Technical writing")),
            Task("Serve an open model from end to end.", ("Model serving",)),
        ),
    ),
    "training": Profile(
        early=Band(180_000, 300_000),
        senior=Band(300_000, 500_000),
        day=(
            Task("fine-tuning, full or with LoRA", ("Fine-tuning", "LoRA")),
            Task("RLHF and DPO", ("RLHF", "Preference optimization")),
            Task("training infrastructure", ("Distributed training",)),
            Task("sweeps", ("Hyperparameter tuning",)),
            Task("curation of data", ("Data curation",)),
        ),
        skills=("PyTorch", "Distributed training", "DeepSpeed", "FSDP", "Data curation"),
        other_skills=("reading papers",),
        hiring="less than inference / serving",
        barrier="Many companies make do with finished models; frontier labs do need people.",
        hired_by=("frontier labs: Anthropic, OpenAI, DeepMind", "smaller research groups"),
        break_in=(
            Task("Fine-tune two or three open models; publish them with how the experiment was designed.",
                 ("Fine-tuning", "Experimental design")),
            Task("Contribute to trl, peft or transformers.", ("PEFT", "Hugging Face")),
        ),
    ),
    "mlops_platform": Profile(
        early=Band(160_000, 260_000),
        senior=Band(250_000, 450_000),
        day=(
            Task("tracking of experiments, a registry of models", ("Experiment tracking", "Model registry")),
            Task("deployment and monitoring", ("Model deployment", "Model monitoring")),
            Task("feature stores and data pipelines", ("Feature stores", "Data pipelines")),
        ),
        skills=("DevOps", "Kubernetes", "Airflow", "Dagster", "MLOps"),
        other_skills=("infrastructure", "some machine learning"),
        hiring="consistently",
        barrier="Without glamour, and often the shortest way in from DevOps or SRE.",
        hired_by=(),
        break_in=(
            Task("Build an MLOps stack, end to end, for something of your own.", ("MLOps",)),
            Task("Contribute to MLflow, Kubeflow or a similar tool.", ("MLflow", "Kubeflow")),
            Task("Serve a model on Kubernetes and document it.", ("Kubernetes", "Model serving", "Technical writing")),
        ),
    ),
    "research": Profile(
        early=Band(200_000, 400_000),
        senior=Band(400_000, 1_000_000, and_more="frontier labs"),
        day=(
            Task("results of papers, reproduced", ("Research publications",)),
            Task("experiments", ("Experimental design",)),
            Task("new architectures, objectives and ways to evaluate"),
            Task("papers, for researchers; code, more of it, for research engineers"),
        ),
        skills=("Research publications",),
        other_skills=("researchers: a doctorate, or publications like one",
                      "research engineers: machine learning and systems, no doctorate", "mathematics"),
        hiring="less than any other track, for the most pay",
        barrier="Highly contested; most come from academia.",
        hired_by=("frontier labs",),
        break_in=(Task("Start in academia.", ("Research publications",)),),
    ),
    "safety_eval": Profile(
        early=Band(180_000, 300_000),
        senior=Band(300_000, 500_000),
        day=(
            Task("pipelines that evaluate models", ("Evals",)),
            Task("red teaming", ("Red teaming",)),
            Task("what models can do, and what harm", ("Model benchmarking",)),
            Task("alignment tools", ("AI alignment",)),
            Task("findings in writing", ("Technical writing",)),
        ),
        skills=("Evals", "Technical writing"),
        other_skills=("critical thinking", "some machine learning"),
        hiring="grew fast in 2024 and 2025",
        barrier="People come for the mission.",
        hired_by=("frontier labs", "safety organisations: Anthropic, Apollo, METR, AI safety institutes"),
        break_in=(
            Task("Evaluate models in public.", ("Evals",)),
            Task("Replicate evals that others have published.", ("Evals",)),
            Task("Write about how models fail.", ("Technical writing",)),
            Task("Apply for a safety fellowship."),
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hint:
    """Tracks that suit an answer; `fits` are the answers of `classifiers.fit` that mean the same."""

    answer: str
    tracks: tuple[str, ...]
    fits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three things to ask yourself, and what the answers point to."""

    name: str  # background, day or market
    asks: str
    hints: tuple[Hint, ...]


QUESTIONS = (
    Question("background", "Where do you come from?", (
        Hint("back end or SRE", ("inference_serving", "mlops_platform"), ("backend", "sre")),
        Hint("front end or product", ("applied_llm",), ("frontend",)),
        Hint("research, or close to machine learning", ("training", "research"), ("phd", "ml-engineering")),
        Hint("a DevOps platform", ("mlops_platform",), ("sre",)),
    )),
    Question("day", "What would you like to do all day?", (
        Hint("build a product", ("applied_llm",), ("product-features",)),
        Hint("debug the memory of GPUs", ("inference_serving",), ("gpu-memory",)),
        Hint("read papers", ("research", "training"), ("experiments",)),
        Hint("build pipelines", ("mlops_platform",), ("platform",)),
        Hint("look for what goes wrong", ("safety_eval",), ("breaking-models",)),
    )),
    Question("market", "What is the mix of openings where you live, and at the companies you would join?", ()),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """What a switch from one track to another is like."""

    from_track: str
    to_track: str
    says: str


SWITCH_MONTHS = (2, 3)  # from, to: what a switch inside the field costs
MOVES = (
    Move("applied_llm", "inference_serving", "common"),
    Move("inference_serving", "training", "harder, for the mathematics"),
    Move("research", "applied_llm", "easy, and paid less"),
)
REMARKS = (
    "Be a specialist in your first role, for hiring managers ask which kind of AI engineer you are; "
    "a generalist makes sense after a year or two.",
    "Choose one by the fourth month of the roadmap.",
    "Research is harder to get into than five years ago; applied, serving and MLOps have never had a wider market.",
)
