// How fresh, and bound to whom? (rules S1–S4, S6)
#include "base/encoding.h"
#include "evidence/binding.h"
#include "evidence/codes.h"
#include "verify/codes.h"
#include "verify/nonce.h"
#include "verify/questions.h"

namespace tee::verify {

namespace {

constexpr std::size_t kReportData = 64;

std::string_view scheme_name(Scheme s) {
  switch (s) {
    case Scheme::raw: return "raw";
    case Scheme::tee_bind_1: return "tee-bind-1";
    case Scheme::native: return "native";
    case Scheme::automatic: return "automatic";
  }
  return "?";
}

// The verifier's choice (S1); the evidence has no say beyond its kind.
Scheme choose_scheme(const Questions& q, const Findings& found) {
  if (q.binding != Scheme::automatic) return q.binding;
  if (found.binding.native) return Scheme::native;
  const bool lone_nonce = !q.public_key && !q.user_data && (!q.nonce || q.nonce->size() <= kReportData);
  return lone_nonce ? Scheme::raw : Scheme::tee_bind_1;
}

Bytes padded(ByteView b, std::size_t size) {
  Bytes out = to_bytes(b);
  if (out.size() < size) out.resize(size, 0);
  return out;
}

// One run of the questions; keeps the parts that several of them need.
class Asker {
 public:
  Asker(const Subject& subject, const Questions& q, Findings& found)
      : subject_(subject), q_(q), found_(found), scheme_(choose_scheme(q, found)) {}

  FreshnessResult run() {
    if (asks_binding() && scheme_agrees()) {
      take_stateless_nonce();
      switch (scheme_) {
        case Scheme::raw: ask_raw(); break;
        case Scheme::tee_bind_1: ask_tee_bind_1(); break;
        case Scheme::native: ask_native(); break;
        case Scheme::automatic: break;
      }
    }
    ask_report_data();
    ask_report_freshness();
    ask_age();
    conclude();
    return std::move(out_);
  }

 private:
  bool asks_binding() const {
    return q_.nonce || q_.user_data || q_.public_key || q_.stateless || q_.binding != Scheme::automatic;
  }
  void refuse(std::string_view id, const char* what) {
    const Area area = id.starts_with("freshness.") ? Area::freshness : Area::binding;
    found_.fail(area, std::string(id), code::binding_unsupported, what);
  }
  bool scheme_agrees() {
    if (!subject_.binding || !subject_.binding->scheme) return true;
    if (*subject_.binding->scheme == scheme_name(scheme_)) return true;
    // "native" is how our envelopes name the providers' own fields; a report-data scheme cannot apply there and reverse.
    found_.fail(Area::binding, "binding.scheme", code::binding_scheme_mismatch,
                "the envelope names another binding scheme than the verifier uses", std::string(scheme_name(scheme_)),
                printable(*subject_.binding->scheme, 40));
    return false;
  }

  // With --nonce-key the nonce need not be remembered: it is read from where the scheme puts it, and its HMAC is checked.
  void take_stateless_nonce() {
    nonce_ = q_.nonce;
    if (!q_.stateless) return;
    if (!nonce_) {
      if (scheme_ == Scheme::raw) nonce_ = found_.binding.report_data;
      else if (scheme_ == Scheme::native) nonce_ = found_.binding.nonce;
      else if (subject_.binding) nonce_ = subject_.binding->nonce;
    }
    const Bytes& candidate = nonce_ ? *nonce_ : empty_;
    const StatelessState state =
        check_stateless_nonce(candidate, q_.stateless->key, q_.stateless->audience, q_.real_now);
    if (state == StatelessState::valid) {
      found_.pass(Area::freshness, "freshness.stateless", "the nonce was made by this verifier and has not expired");
      return;
    }
    const Code& why = state == StatelessState::expired ? code::nonce_expired : code::nonce_not_ours;
    found_.fail(Area::freshness, "freshness.stateless", why, "the stateless nonce is " + std::string(to_string(state)));
    stateless_failed_ = true;
  }

  void nonce_held(ByteView nonce, std::string_view how) {
    Check& c = found_.pass(Area::freshness, "freshness.nonce", std::string(how));
    c.expected = hex(nonce);
    if (weak_nonce(nonce)) weak_ = true;
    else if (!stateless_failed_) out_.by = "nonce";
  }
  void nonce_missed(ByteView nonce, std::string actual) {
    found_.fail(Area::freshness, "freshness.nonce", code::freshness_nonce_mismatch, "the evidence does not carry the nonce",
                hex(nonce), std::move(actual));
  }

  void ask_raw() {
    const auto& field = found_.binding.report_data;
    if (!field) return refuse("binding.scheme", "this kind of evidence has no report data to carry raw bytes");
    if (q_.public_key) return refuse("binding.public_key", "the raw scheme does not cover a public key");
    if (q_.user_data && nonce_) return refuse("binding.user_data", "the raw scheme covers one value, not nonce and user data");
    if (q_.user_data) {
      if (q_.user_data->size() > kReportData) return refuse("binding.user_data", "user data over 64 bytes does not fit raw");
      if (equal_constant_time(padded(*q_.user_data, kReportData), *field))
        found_.pass(Area::binding, "binding.user_data", "report data is the user data, zero-padded");
      else
        found_.fail(Area::binding, "binding.user_data", code::binding_user_data_mismatch, "the user data differs",
                    hex(padded(*q_.user_data, kReportData)), hex(*field));
      return;
    }
    if (!nonce_) return;
    if (nonce_->size() > kReportData) return refuse("freshness.nonce", "a nonce over 64 bytes does not fit raw");
    if (equal_constant_time(padded(*nonce_, kReportData), *field)) nonce_held(*nonce_, "report data is the nonce");
    else nonce_missed(padded(*nonce_, kReportData), hex(*field));
  }

  void ask_tee_bind_1() {
    const auto& field = found_.binding.report_data;
    if (!field) return refuse("binding.scheme", "this kind of evidence has no report data to carry a tee-bind-1 hash");
    BoundFields fields;
    const EnvelopeBinding envelope = subject_.binding.value_or(EnvelopeBinding{});
    fields.nonce = nonce_ ? nonce_ : envelope.nonce;
    fields.user_data = q_.user_data ? q_.user_data : envelope.user_data;
    if (q_.public_key) fields.public_key = encode_bound_key(q_.public_key->algorithm, q_.public_key->key);
    else fields.public_key = envelope.public_key;
    if (!subject_.also.empty()) {
      std::vector<ByteView> parts;
      for (const Subject& part : subject_.also) parts.emplace_back(part.evidence);
      fields.parts = digest_parts(parts);
    }
    const auto expected = tee_bind_1(fields);
    if (equal_constant_time(expected, *field)) return bound_fields_held(fields);
    blame_field(fields, envelope);
  }
  void bound_fields_held(const BoundFields& fields) {
    found_.pass(Area::binding, "binding.tee_bind_1", "report data is the tee-bind-1 hash of the fields");
    out_.parts_bound = fields.parts.has_value();
    if (fields.nonce) out_.claims["nonce"] = hex(*fields.nonce);
    if (fields.public_key) out_.claims["public_key"] = hex(*fields.public_key);
    if (fields.user_data) out_.claims["user_data"] = hex(*fields.user_data);
    if (nonce_) nonce_held(*nonce_, "the nonce is covered by tee-bind-1");
    if (q_.user_data) found_.pass(Area::binding, "binding.user_data", "the user data is covered by tee-bind-1");
    if (q_.public_key) {
      found_.pass(Area::binding, "binding.public_key", "the public key is covered by tee-bind-1");
      out_.peer_bound = true;
    }
  }
  // The hash says only that something differs. The envelope's fields, where they are given, show which one.
  void blame_field(const BoundFields& fields, const EnvelopeBinding& envelope) {
    const std::string message = "report data is not the tee-bind-1 hash of the given fields";
    bool blamed = false;
    const auto differs = [](const std::optional<Bytes>& mine, const std::optional<Bytes>& theirs) {
      return mine && theirs && !equal_constant_time(*mine, *theirs);
    };
    if (differs(nonce_, envelope.nonce)) {
      nonce_missed(*nonce_, hex(*envelope.nonce));
      blamed = true;
    }
    if (q_.public_key && differs(fields.public_key, envelope.public_key)) {
      found_.fail(Area::binding, "binding.public_key", code::binding_key_mismatch, "the evidence binds another public key",
                  hex(*fields.public_key), hex(*envelope.public_key));
      blamed = true;
    }
    if (q_.user_data && differs(fields.user_data, envelope.user_data)) {
      found_.fail(Area::binding, "binding.user_data", code::binding_user_data_mismatch, "the evidence binds other user data",
                  hex(*fields.user_data), hex(*envelope.user_data));
      blamed = true;
    }
    if (blamed) return;
    if (nonce_) return nonce_missed(*nonce_, message);
    const Code& why = q_.public_key ? code::binding_key_mismatch : code::binding_user_data_mismatch;
    found_.fail(Area::binding, "binding.tee_bind_1", why, message);
  }

  void ask_native() {
    if (!found_.binding.native) return refuse("binding.scheme", "this kind of evidence has no fields of its own for a nonce or key");
    if (nonce_) ask_native_nonce();
    if (q_.user_data) ask_native_user_data();
    if (q_.public_key) ask_native_key();
  }
  void ask_native_nonce() {
    const auto& b = found_.binding;
    if (b.nonce_size && nonce_->size() != *b.nonce_size)
      return refuse("freshness.nonce", "the nonce has another length than this kind of evidence carries");
    const Bytes wanted = b.nonce && b.nonce_padded ? padded(*nonce_, b.nonce->size()) : *nonce_;
    if (b.nonce && equal_constant_time(*b.nonce, wanted)) return nonce_held(*nonce_, "the evidence carries the nonce");
    for (const std::string& text : b.nonce_texts)
      if (const char* how = text_form(text)) return nonce_held(*nonce_, how);
    nonce_missed(*nonce_, b.nonce ? hex(*b.nonce) : b.nonce_texts.empty() ? "(absent)" : printable(b.nonce_texts.front(), 128));
  }
  // Tokens carry text; a nonce given as bytes may stand there in any of these spellings.
  const char* text_form(std::string_view text) const {
    if (equal_constant_time(as_bytes(text), *nonce_)) return "a token nonce is the nonce, as text";
    if (text == hex(*nonce_)) return "a token nonce is the nonce in hex";
    if (text == base64(*nonce_)) return "a token nonce is the nonce in base64";
    if (text == base64(*nonce_, Base64::url)) return "a token nonce is the nonce in base64url";
    return nullptr;
  }
  void ask_native_user_data() {
    const auto& b = found_.binding;
    if (!b.user_data) {
      found_.fail(Area::binding, "binding.user_data", code::binding_user_data_mismatch, "the evidence carries no user data",
                  hex(*q_.user_data), "(absent)");
      return;
    }
    const Bytes wanted = b.user_data_padded ? padded(*q_.user_data, b.user_data->size()) : *q_.user_data;
    if (equal_constant_time(wanted, *b.user_data))
      found_.pass(Area::binding, "binding.user_data", "the evidence carries the user data");
    else
      found_.fail(Area::binding, "binding.user_data", code::binding_user_data_mismatch, "the user data differs", hex(wanted),
                  hex(*b.user_data));
  }
  void ask_native_key() {
    const auto& carried = found_.binding.public_key;
    if (!carried) {
      found_.fail(Area::binding, "binding.public_key", code::binding_key_mismatch, "the evidence carries no public key",
                  hex(q_.public_key->key), "(absent)");
      return;
    }
    // Providers do not prescribe a form: raw key bytes and DER SubjectPublicKeyInfo are both in use.
    const bool raw = equal_constant_time(*carried, q_.public_key->key);
    const bool spki = !q_.public_key->spki.empty() && equal_constant_time(*carried, q_.public_key->spki);
    if (raw || spki) {
      found_.pass(Area::binding, "binding.public_key",
                  raw ? "the evidence carries the public key" : "the evidence carries the public key as SubjectPublicKeyInfo");
      out_.peer_bound = true;
    } else {
      found_.fail(Area::binding, "binding.public_key", code::binding_key_mismatch, "the evidence carries another public key",
                  hex(q_.public_key->key), hex(*carried));
    }
  }

  void ask_report_data() {
    if (!q_.report_data) return;
    const auto& field = found_.binding.report_data;
    if (!field) return refuse("freshness.report_data", "this kind of evidence has no report data");
    if (q_.report_data->size() > kReportData)
      return refuse("freshness.report_data", "report data has 64 bytes; more was given");
    const Bytes wanted = padded(*q_.report_data, kReportData);
    if (!equal_constant_time(wanted, *field)) {
      found_.fail(Area::freshness, "freshness.report_data", code::freshness_report_data_mismatch, "the report data differs",
                  hex(wanted), hex(*field));
      return;
    }
    found_.pass(Area::freshness, "freshness.report_data", "the report data is as given");
    if (weak_nonce(*q_.report_data)) weak_ = true;
    else if (out_.by == "none") out_.by = "report_data";
  }

  // The report below the quote or token: fresh when the field that it covers holds the nonce, or else as fresh as the value
  // that the operator asked for there. A result of its own, which never answers for what stands above (S10).
  void ask_report_freshness() {
    const auto& b = found_.binding;
    if (!b.report_freshness) return;
    const std::string id(b.report_freshness->check);
    const auto covered = [&](const std::optional<Bytes>& value) {
      return value && b.user_data && value->size() <= b.user_data->size() &&
             equal_constant_time(padded(*value, b.user_data->size()), *b.user_data);
    };
    if (covered(nonce_) && !weak_nonce(*nonce_))
      found_.pass(Area::binding, id, "the hardware report covers the nonce too");
    else if (covered(q_.user_data) && !weak_nonce(*q_.user_data))
      found_.pass(Area::binding, id, "the hardware report covers the user data that was given, and is as fresh as that");
    else
      found_.skip(Area::binding, id, *b.report_freshness->open, "the age of the hardware report stays open", "--user-data");
  }

  void ask_age() {
    const auto& signed_time = found_.binding.signed_time;
    constexpr Seconds kUsualLeeway{60};
    if (signed_time && *signed_time > q_.options.at + kUsualLeeway && *signed_time <= q_.options.at + q_.options.leeway)
      found_.passed_by("--leeway", Area::form, "freshness.signed_time", "the signed time lies in the future, within the given leeway");
    if (signed_time && *signed_time > q_.options.at + q_.options.leeway && !already_in_future())
      found_.fail(Area::freshness, "freshness.signed_time", code::freshness_future, "the signed time lies in the future",
                  "at most " + rfc3339(q_.options.at + q_.options.leeway), rfc3339(*signed_time));
    if (!q_.max_age) return;
    if (!signed_time) {
      if (out_.by == "nonce")
        found_.pass(Area::freshness, "freshness.age", "answered by the nonce; the evidence carries no signed time");
      else
        found_.undecided(Area::freshness, "freshness.age", code::freshness_no_signed_time,
                         "the evidence carries no signed time, so its age cannot be judged", "--nonce");
      return;
    }
    const Seconds age = q_.options.at - *signed_time;
    const std::string limit = "at most " + std::to_string(q_.max_age->count()) + " s";
    if (age > *q_.max_age) {
      found_.fail(Area::freshness, "freshness.age", code::freshness_too_old, "the evidence is older than allowed", limit,
                  std::to_string(age.count()) + " s");
      return;
    }
    Check& c = found_.pass(Area::freshness, "freshness.age", "the signed time is recent enough");
    c.expected = limit;
    c.actual = std::to_string(age.count()) + " s";
    found_.expires(*signed_time + *q_.max_age);
    if (out_.by == "none" && !found_.binding.nonce_only) out_.by = "signed_time";
  }
  bool already_in_future() const {
    for (const Check& c : found_.checks)
      if (c.code == &code::freshness_future) return true;
    return false;
  }

  void conclude() {
    if (out_.by != "none") return;
    for (const Check& c : found_.checks)
      if (c.id.starts_with("freshness.") && (c.status == CheckStatus::fail || c.status == CheckStatus::inconclusive)) return;
    if (q_.options.genuine_only) {
      if (!weak_) found_.skip(Area::freshness, "freshness", code::freshness_unasked, "not asked how fresh the evidence is", "--nonce");
      else found_.warn(code::freshness_weak_note, "the value that matched is too weak to show freshness");
      return;
    }
    if (weak_)
      found_.undecided(Area::freshness, "freshness", code::freshness_weak_nonce,
                       "the value matches, but it is too weak to show freshness", "--nonce");
    else
      found_.undecided(Area::freshness, "freshness", code::freshness_unasked, "nothing was asked about freshness", "--nonce");
  }

  const Subject& subject_;
  const Questions& q_;
  Findings& found_;
  const Scheme scheme_;
  const Bytes empty_;
  std::optional<Bytes> nonce_;
  bool weak_ = false, stateless_failed_ = false;
  FreshnessResult out_;
};

}  // namespace

FreshnessResult ask_freshness(const Subject& subject, const Questions& q, Findings& found) {
  return Asker(subject, q, found).run();
}

}  // namespace tee::verify
