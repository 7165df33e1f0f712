"""What no further call mends: a key, an empty account, a model that is not there. Told apart, with the way out."""

import re

from jury.gateway.route.provider_reply import ProviderReply
from jury.gateway.transport import Trouble
from jury.providers import provider_of

#: Codes by which providers name it, in lower case.
_CODES: tuple[tuple[Trouble, re.Pattern[str]], ...] = (
    (
        "credit",
        re.compile(
            r"insufficient_?(?:quota|balance|credits?|funds)|credit_balance|billing|arrearage|overdue|payment_required"
            r"|(?:spend|usage)_limit_exceeded|exceeded_current_quota|spending_limit|account_(?:deactivated|suspended|overdue)"
        ),
    ),
    (
        "key",
        re.compile(
            r"invalid_?api_?key|api_?key_?invalid|invalid_authentication|unauthenticated|unauthorized|authentication_error"
            r"|unrecognizedclientexception|expiredtoken|invalidsignature|missing_api_key|no_api_key"
        ),
    ),
    ("model", re.compile(r"model_?not_?(?:found|exist)|deployment_?not_?found|model_not_available|modelnotfound")),
    (
        "access",
        re.compile(
            r"access_?denied|permission|unsupported_country|modelnotopen|access_terminated|organization_restricted"
        ),
    ),
)

#: Sentences that say it, where they begin an error's message: what servers repeat of a prompt stands further back.
_SENTENCES: tuple[tuple[Trouble, re.Pattern[str]], ...] = (
    (
        "credit",
        re.compile(
            r"your credit balance is too low|insufficient (?:credits?|balance|funds|quota)|billing hard limit"
            r"|your account is not active|this request requires more credits|payment required|余额不足"
            r"|(?:您的)?(?:账户|账号).{0,10}(?:余额不足|欠费)|your .{0,60}(?:spending|credit) limit"
            r"|access denied, please make sure your account is in good standing|your .{0,60}doesn't have any credits"
            r"|your prepayment credits are depleted|account .{0,80}suspended|(?:inactive subscription|credit limit exceeded)"
        ),
    ),
    (
        "key",
        re.compile(
            r"api key (?:not valid|expired|not found)|incorrect api key|invalid (?:api key|x-api-key)|missing .{0,40}api.key"
            r"|missing credentials|the api_key client option must be set|no (?:auth credentials|cookie auth)|unable to locate credentials"
        ),
    ),
    (
        "model",
        re.compile(
            r"(?:the )?model .{0,100}(?:not found|not exist)|\S{1,100} is not a valid model|no endpoints found for"
            r"|models/.{0,100}is not found|the provided model identifier is invalid|the api deployment .{0,80}not exist"
            r"|模型不存在"
        ),
    ),
    ("address", re.compile(r"must provide one of the `base_url`|.{0,40}api base (?:is|not)")),
    (
        "access",
        re.compile(
            r"(?:you|your .{0,60}|the caller) (?:does not|do not|don't) have (?:access|permission)"
            r"|user location is not supported|no endpoints found matching your data policy"
        ),
    ),
)

#: Answers that say something else: what the model takes, or a limit that passes.
_ABOUT_ABILITIES = re.compile(r"endpoints found that|support (?:for )?(?:image|audio|vision|tool|multimodal)")
_PASSES = frozenset({"resource_exhausted", "rate_limit_exceeded", "rate_limit_error", "too_many_requests"})

#: Google says the same of a limit per minute as OpenAI says of an empty account; only the codes beside it differ.
_QUOTA = re.compile(r"you exceeded your current quota")

#: HTTP statuses at which the words and codes of an error are looked at.
_STATUSES = frozenset({None, 200, 400, 401, 402, 403, 404, 405, 412, 422, 429})

#: What is wrong, and what to do about it; `{key}` and `{base}` are the call's.
_SAYINGS: dict[Trouble, tuple[str, str]] = {
    "key": ("its key is missing or refused", "set {key} in the environment or in .env to a key that is valid"),
    "credit": ("the account has no credit left", "add credit there or raise its limit"),
    "access": ("the key may not use it", "set {key} to a key that may, have the model unlocked, or name another model"),
    "model": (
        "the provider has no model or deployment of that name",
        "correct the name, which is the provider's own behind the first /",
    ),
    "server": (
        "no server answers at {base}",
        "start it, check the network, or state the right address: --target-base, or api_base in the panel's file",
    ),
    "address": (
        "no model is served at {base}",
        "state the right address: --target-base, or api_base in the panel's file",
    ),
}

#: Where a provider's key is looked for, if not in PROVIDER_API_KEY.
_KEYS = {
    "together_ai": "TOGETHERAI_API_KEY",
    "bedrock": "AWS_BEARER_TOKEN_BEDROCK (or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)",
    "vertex_ai": "GOOGLE_APPLICATION_CREDENTIALS",
}


#: What LiteLLM puts before the words of others: names of exceptions, its own and those behind them.
_NAMES = re.compile(r"^(?:(?:litellm\.)?\w+(?:Error|Exception)(?:: | - | ))+")


def without_names(words: str) -> str:
    """The words of an exception of LiteLLM's without the names of exceptions before them."""
    return _NAMES.sub("", words)


def trouble_of(reply: ProviderReply, name: str = "") -> Trouble | None:
    """What is wrong with the account, the model's name or the address; None where trying or waiting may help.

    `name` is LiteLLM's for the exception. An error of a content filter is not to be asked about.
    """
    status = reply.error_status
    if reply.headers and status not in _STATUSES:
        return None
    stated = _by_words(reply) or (None if reply.codes & _PASSES else _by_codes(reply))
    if stated is not None or reply.codes & _PASSES:
        return stated
    if status == 404:
        return _not_found(reply)
    by_status: dict[int | None, Trouble] = {401: "key", 402: "credit", 403: "access", 405: "address"}
    return by_status.get(status) or ("key" if name == "AuthenticationError" else None)


def advice_on(trouble: Trouble, model: str, api_base: str | None, said: str) -> str:
    """What is wrong with a model and what to do about it, in a sentence without a full stop; `said` are the provider's words."""
    provider = model.partition("/")[0] if "/" in model else ""
    named = f"{provider.upper()}_API_KEY" if provider and provider_of(model) is None else "the variable of its key"
    places = {"key": _KEYS.get(provider, named), "base": api_base or "its address"}
    wrong, way_out = (text.format(**places) for text in _SAYINGS[trouble])
    quoted = f' ("{said}")' if said else ""
    return f"{model} can't be asked, since {wrong}{quoted}; {way_out}"


def _by_codes(reply: ProviderReply) -> Trouble | None:
    """The trouble that a code names. A wrong model's 403 or 404 is read from its words too."""
    for trouble, codes in _CODES:
        if any(codes.search(code) for code in reply.codes):
            return trouble
    return None


def _by_words(reply: ProviderReply) -> Trouble | None:
    for message in (said.casefold() for said in reply.messages or (without_names(reply.text[:500]),)):
        if _QUOTA.match(message) and not reply.codes & _PASSES:
            return "credit"
        for trouble, sentences in _SENTENCES:
            if sentences.match(message):
                return trouble
    return None


def _not_found(reply: ProviderReply) -> Trouble | None:
    """Whether it is the model that a server does not know, or the address that it does not serve."""
    said = " ".join(reply.messages).casefold()
    if _ABOUT_ABILITIES.search(said):
        return None
    return "model" if re.search(r"model|deployment|engine", said) else "address"
