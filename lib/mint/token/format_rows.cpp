// Tokens that are spelled wrongly: RFC 7515 section 7.1, RFC 4648 section 5, and the JSON inside.
#include "base/encoding.h"
#include "mint/token/plan.h"

namespace tee::mint::token {

namespace {

// One part of a token, replaced by what `change` makes of it.
void change_part(std::string& token, unsigned index, const std::function<std::string(std::string)>& change) {
  std::size_t begin = 0;
  for (unsigned i = 0; i < index; ++i) begin = token.find('.', begin) + 1;
  const std::size_t end = std::min(token.find('.', begin), token.size());
  token.replace(begin, end - begin, change(token.substr(begin, end - begin)));
}

// The same bytes with one bit of byte `at` flipped, still canonical base64url.
std::string flipped(const std::string& part, std::size_t at) {
  Bytes bytes = from_base64(part, Base64::url).value();
  bytes.at(at) ^= 1;
  return base64(bytes, Base64::url);
}

Row spelled(std::string_view name, std::string_view what, std::string code,
            std::function<void(std::string&)> spoil) {
  return {name, what, [code = std::move(code), spoil = std::move(spoil)](Plan& p) {
            p.spoil = spoil;
            p.fails(code);
          }};
}

// The header or the claims as text that a strict reader refuses.
Row claims_as(std::string_view name, std::string_view what, std::function<std::string(const Plan&)> text) {
  return {name, what, [text = std::move(text)](Plan& p) {
            p.claims_text = text(p);
            p.fails("input.malformed");
          }};
}

// Sets the unused low bits of the last character: other text, same bytes.
std::string with_unused_bits(std::string part) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  part.back() = kAlphabet.at(kAlphabet.find(part.back()) | 1);
  return part;
}

std::string without_last_brace(const Json& claims) {
  std::string text = json::dump(claims);
  text.pop_back();
  return text;
}

std::vector<Row> build() {
  return {
      {"bad-header-changed", "the header was spelled anew after it was signed",
       [](Plan& p) {
         p.spoil = [](std::string& t) {
           change_part(t, 0, [](const std::string& part) {
             std::string text(as_text(from_base64(part, Base64::url).value()));
             text.replace(text.find("\"JWT\""), 5, "\"JWT\" ");
             return base64(as_bytes(text), Base64::url);
           });
         };
         p.fails("signature.invalid");
       }},
      {"bad-claims-bit", "one bit of a claim differs from what was signed",
       [](Plan& p) {
         p.spoil = [](std::string& t) {
           change_part(t, 1, [](const std::string& part) {
             const std::string text(as_text(from_base64(part, Base64::url).value()));
             return flipped(part, text.find("\"iat\":179") + 8);
           });
         };
         p.fails("signature.invalid");
       }},
      spelled("bad-signature-bit", "one bit of the signature is flipped", "signature.invalid",
              [](std::string& t) {
                change_part(t, 2, [](const std::string& part) { return flipped(part, 40); });
              }),
      spelled("bad-signature-short", "the signature lacks its last byte", "signature.invalid",
              [](std::string& t) {
                change_part(t, 2, [](const std::string& part) {
                  Bytes bytes = from_base64(part, Base64::url).value();
                  bytes.pop_back();
                  return base64(bytes, Base64::url);
                });
              }),
      spelled("bad-signature-empty", "the third part is empty", "input.malformed",
              [](std::string& t) { change_part(t, 2, [](const std::string&) { return std::string(); }); }),
      spelled("bad-signature-unused-bits", "the last character has bits set that encode nothing",
              "input.malformed", [](std::string& t) { change_part(t, 2, with_unused_bits); }),
      spelled("bad-padding", "the signature is padded with =", "input.malformed",
              [](std::string& t) { t += "=="; }),
      spelled("bad-standard-alphabet", "the signature is written in the standard alphabet", "input.malformed",
              [](std::string& t) {
                change_part(t, 2, [](std::string part) {
                  part.front() = '+';
                  return part;
                });
              }),
      spelled("bad-two-parts", "the signature part is missing", "evidence.unrecognised",
              [](std::string& t) { t.resize(t.rfind('.')); }),
      spelled("bad-four-parts", "a fourth part follows", "evidence.unrecognised",
              [](std::string& t) { t += ".AAAA"; }),
      spelled("bad-space-inside", "a space stands in the claims part", "evidence.unrecognised",
              [](std::string& t) { t.insert(t.find('.') + 5, " "); }),
      spelled("bad-text-behind", "another line follows the token", "evidence.unrecognised",
              [](std::string& t) { t += "\nAAAA"; }),
      claims_as("bad-duplicate-claim", "iss stands twice",
                [](const Plan& p) { return with_second_member(p.claims, "iss", p.issuer); }),
      claims_as("bad-duplicate-claim-escaped", "exp stands twice, once with an escape in its name",
                [](const Plan& p) { return with_second_member(p.claims, "e\\u0078p", p.claims["exp"]); }),
      claims_as("bad-claims-behind", "text follows the JSON object",
                [](const Plan& p) { return json::dump(p.claims) + "{}"; }),
      claims_as("bad-claims-nul", "a NUL and text follow the JSON object",
                [](const Plan& p) { return json::dump(p.claims) + std::string("\0{}", 3); }),
      claims_as("bad-claims-nan", "a claim is NaN",
                [](const Plan& p) { return without_last_brace(p.claims) + ",\"x\":NaN}"; }),
      claims_as("bad-claims-utf8", "a claim is no UTF-8",
                [](const Plan& p) { return without_last_brace(p.claims) + ",\"x\":\"\xc3\x28\"}"; }),
      claims_as("bad-claims-deep", "a thousand nested lists",
                [](const Plan& p) {
                  return without_last_brace(p.claims) + ",\"x\":" + std::string(1000, '[') +
                         std::string(1000, ']') + "}";
                }),
      claims_as("bad-claims-too-large", "a claim of 70,000 characters",
                [](const Plan& p) {
                  return without_last_brace(p.claims) + ",\"x\":\"" + std::string(70'000, 'a') + "\"}";
                }),
      {"bad-header-too-large", "a header member of 20,000 characters",
       [](Plan& p) {
         p.header["x"] = std::string(20'000, 'a');
         p.fails("input.malformed");
       }},
      {"bad-header-duplicate", "alg stands twice in the header",
       [](Plan& p) {
         p.header_text = with_second_member(p.header, "alg", "RS256");
         p.fails("input.malformed");
       }},
  };
}

}  // namespace

std::span<const Row> format_rows() {
  static const std::vector<Row> rows = build();
  return rows;
}

}  // namespace tee::mint::token
