#include "seal/blob.h"

#include "base/encoding.h"
#include "crypto/digest.h"
#include "crypto/kdf.h"
#include "seal/codes.h"

namespace tee::seal {

namespace {

constexpr std::size_t kPreamble = 14;
constexpr std::uint8_t kFormatVersion = 1;

tl::unexpected<Error> malformed(std::string message) { return fail(code::seal_malformed, std::move(message)); }

crypto::Secret header_key(ByteView file_key) { return crypto::hkdf({}, file_key, {as_bytes("tee-seal-1 header")}, 32); }

crypto::AeadKey stream_key(ByteView file_key, ByteView exact, crypto::Aead aead) {
  const auto digest = crypto::sha256(exact);
  return {aead, crypto::hkdf({}, file_key, {as_bytes("tee-seal-1 payload"), digest}, crypto::kAeadKeyBytes).view()};
}

}  // namespace

bool looks_like_blob(ByteView start) { return start.size() >= kMagic.size() && as_text(start.first(kMagic.size())) == kMagic; }

Result<BlobHeader> read_header(Feed& from) {
  Bytes start(kPreamble);
  TEE_TRY(const std::size_t got, from.read_full(start));
  if (!looks_like_blob(ByteView(start).first(got))) return malformed("the data do not begin like a blob of tee-seal");
  Cursor c(ByteView(start).first(got));
  c.skip(kMagic.size());
  const std::uint8_t version = c.u8(), kind = c.u8();
  const std::size_t length = c.u32be();
  if (!c.ok()) return malformed("the data end in the header");
  if (version != kFormatVersion) return malformed("version " + std::to_string(version) + " of the form is not known, 1 is");
  if (kind != 1 && kind != 2) return malformed("kind " + std::to_string(kind) + " is not known");
  if (length < 2 || length > kLongestHeader) return malformed("the header has " + std::to_string(length) + " bytes; 2 to 65536 are possible");
  BlobHeader out{static_cast<Kind>(kind), {}, std::move(start), {}};
  out.exact.resize(kPreamble + length);
  TEE_TRY(const std::size_t text_size, from.read_full(std::span(out.exact).subspan(kPreamble)));
  TEE_TRY(const std::size_t mac_size, from.read_full(out.mac));
  if (text_size != length || mac_size != out.mac.size()) return malformed("the data end in the header");
  const std::string_view text = as_text(ByteView(out.exact).subspan(kPreamble));
  auto header = json::parse(text, {.depth = 8, .bytes = kLongestHeader, .values = 4096});
  if (!header || !header->is_object()) return malformed("the header is no JSON object");
  // One spelling only: what people are shown is then all that there is.
  if (json::dump(*header) != text) return malformed("the header is not in its one canonical spelling");
  out.header = *std::move(header);
  return out;
}

Result<std::uint64_t> write_blob(Kind kind, const Json& header, ByteView file_key, crypto::Aead aead, Feed& plain, const Sink& out) {
  const std::string text = json::dump(header);
  Writer w;
  w.text(kMagic).u8(kFormatVersion).u8(static_cast<std::uint8_t>(kind)).u32be(static_cast<std::uint32_t>(text.size())).text(text);
  Bytes exact = std::move(w).take();
  const auto mac = crypto::mac_sha256(header_key(file_key).view(), {exact});
  const crypto::AeadKey key = stream_key(file_key, exact, aead);
  append(exact, mac);
  TEE_CHECK(out(exact));
  return seal_stream(key, plain, out);
}

Status check_header(const BlobHeader& blob, ByteView file_key) {
  if (!equal_constant_time(crypto::mac_sha256(header_key(file_key).view(), {blob.exact}), blob.mac))
    return fail(code::seal_header_changed, "the header does not carry its authenticator");
  return {};
}

Result<std::uint64_t> read_blob(const BlobHeader& blob, ByteView file_key, crypto::Aead aead, Feed& sealed, const Sink& out) {
  TEE_CHECK(check_header(blob, file_key));
  return open_stream(stream_key(file_key, blob.exact, aead), sealed, out);
}

Result<std::string> header_text(const Json& header, std::string_view name) {
  auto text = json::text_of(header, name);
  if (!text) return malformed("the header has no text " + std::string(name));
  return *std::move(text);
}

Result<Bytes> header_bytes(const Json& header, std::string_view name, std::size_t size) {
  TEE_TRY(const std::string text, header_text(header, name));
  auto bytes = from_hex(text);
  if (!bytes || bytes->size() != size) return malformed("the header's " + std::string(name) + " is not the hex of " + std::to_string(size) + " bytes");
  return *std::move(bytes);
}

}  // namespace tee::seal
