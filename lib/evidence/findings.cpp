#include "evidence/findings.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee {

std::string_view to_string(CheckStatus s) {
  switch (s) {
    case CheckStatus::pass: return "pass";
    case CheckStatus::fail: return "fail";
    case CheckStatus::skipped: return "skipped";
    case CheckStatus::inconclusive: return "inconclusive";
  }
  return "?";
}

Check& Findings::pass(Area area, std::string id, std::string message) {
  Check& c = checks.emplace_back();
  c.id = std::move(id);
  c.area = area;
  c.message = std::move(message);
  return c;
}

Check& Findings::fail(Area area, std::string id, const Code& code, std::string message, std::string expected,
                      std::string actual) {
  Check& c = pass(area, std::move(id), std::move(message));
  c.status = CheckStatus::fail;
  c.code = &code;
  c.expected = std::move(expected);
  c.actual = std::move(actual);
  return c;
}

Check& Findings::undecided(Area area, std::string id, const Code& code, std::string message,
                           std::string enable_with) {
  Check& c = pass(area, std::move(id), std::move(message));
  c.status = CheckStatus::inconclusive;
  c.code = &code;
  c.enable_with = std::move(enable_with);
  return c;
}

Check& Findings::skip(Area area, std::string id, const Code& code, std::string message,
                      std::string enable_with) {
  Check& c = undecided(area, std::move(id), code, std::move(message), std::move(enable_with));
  c.status = CheckStatus::skipped;
  return c;
}

Check& Findings::passed_by(std::string flag, Area area, std::string id, std::string message) {
  Check& c = pass(area, std::move(id), std::move(message));
  c.loosened = std::move(flag);
  return c;
}

void Findings::warn(const Code& code, std::string message) {
  warnings.push_back({&code, std::move(message)});
}

void Findings::fail(Area area, std::string id, const Error& error) {
  fail(area, std::move(id), *error.code, error.message);
}

void Findings::add_chain(const crypto::Certificate& certificate, std::string role) {
  chain.push_back({printable(certificate.subject_text()), printable(certificate.issuer_text()),
                   certificate.serial_hex(), certificate.not_before, certificate.not_after,
                   certificate.fingerprint(), std::move(role)});
}

void Findings::add_chain(const crypto::TrustAnchor& anchor, std::string role) {
  const std::string name = printable(crypto::Certificate::name_text(anchor.name));
  const std::string serial = anchor.serials.empty() ? "" : hex(anchor.serials.front());
  chain.push_back({name, name, serial, std::nullopt, std::nullopt, std::nullopt, std::move(role)});
}

void Findings::use(const ItemSource& item, std::string role) {
  for (const Input& i : inputs)
    if (i.role == role && i.sha256 == item.sha256) return;
  inputs.push_back({std::move(role), item.source, item.sha256});
}

void Findings::rests_on(Trust other) {
  if (static_cast<int>(other) > static_cast<int>(trust)) trust = other;  // ordered: pinned, supplied, custom, simulated
}

void Findings::expires(Time not_after) {
  if (!valid_until || not_after < *valid_until) valid_until = not_after;
}

bool Findings::failed(std::string_view id) const {
  return std::any_of(checks.begin(), checks.end(),
                     [id](const Check& c) { return c.id == id && c.status == CheckStatus::fail; });
}

const Check* Findings::find(std::string_view id) const {
  for (const Check& c : checks)
    if (c.id == id) return &c;
  return nullptr;
}

}  // namespace tee
