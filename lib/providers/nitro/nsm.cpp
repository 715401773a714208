#include "providers/nitro/nsm.h"

#include <sys/ioctl.h>

#include <array>
#include <cerrno>
#include <memory>

#include "base/encoding.h"
#include "codec/cbor.h"

namespace tee::nitro {

namespace {

// include/uapi/linux/nsm.h: _IOWR(0x0A, 0, struct nsm_raw), which Debian 12's headers do not have.
struct NsmRaw {
  std::uint64_t request_address, request_size, response_address, response_size;
};
static_assert(sizeof(NsmRaw) == 32);
constexpr unsigned long kNsmRawIoctl = _IOWR(0x0A, 0, NsmRaw);
static_assert(kNsmRawIoctl == 0xC0200A00);

// What the kernel reads and writes; it outlives a caller that gave up waiting.
struct Exchange {
  Descriptor device;
  Bytes request;
  std::array<std::uint8_t, kNsmResponseLimit> response{};
  NsmRaw raw{};
};

void put_optional(Bytes& out, std::string_view name, const std::optional<Bytes>& value) {
  cbor::put_text(out, name);
  if (value) cbor::put_bytes(out, *value);
  else out.push_back(0xf6);  // null
}

Error malformed(std::string what) { return Error(code::platform_failed, std::string(kNsm) + ": " + std::move(what)); }

std::string hint_for(std::string_view error) {
  if (error == "InputTooLarge" || error == "InvalidArgument") return "user data and nonce may have 512 bytes, the public key 1024";
  if (error == "ReadOnlyIndex") return "PCR 0 to 15 are locked when the enclave starts; a locked register stays as it is";
  return {};
}

// The map under `name` in {name: {…}}; {"Error": text} becomes an error.
struct Answer {
  cbor::Item whole;
  const cbor::Item* body = nullptr;
};
Result<Answer> answer_of(ByteView response, std::string_view name) {
  Answer out;
  auto decoded = cbor::decode(response);
  if (!decoded) return tl::unexpected(malformed("the answer is not CBOR: " + decoded.error().message));
  out.whole = *std::move(decoded);
  if (!out.whole.is(cbor::Type::map)) return tl::unexpected(malformed("the answer is not a map"));
  if (const cbor::Item* error = out.whole.find("Error"); error && error->is(cbor::Type::text)) {
    Error e = malformed("the module answered " + printable(error->text(), 64));
    e.hint = hint_for(error->text());
    return tl::unexpected(std::move(e));
  }
  out.body = out.whole.find(name);
  if (!out.body || !out.body->is(cbor::Type::map)) return tl::unexpected(malformed("the answer has no " + std::string(name)));
  return out;
}

Result<Bytes> bytes_of(ByteView response, std::string_view name, std::string_view field) {
  TEE_TRY(const Answer answer, answer_of(response, name));
  const cbor::Item* value = answer.body->find(field);
  if (!value || !value->is(cbor::Type::bytes) || value->content.empty())
    return tl::unexpected(malformed("the answer to " + std::string(name) + " has no " + std::string(field)));
  return to_bytes(value->content);
}

}  // namespace

Result<Bytes> nsm_exchange(const System& system, ByteView request, Milliseconds limit) {
  if (request.size() > kNsmRequestLimit)
    return fail(code::platform_failed, std::string(kNsm) + ": a request of " + std::to_string(request.size()) + " bytes is above the module's limit");
  const auto exchange = std::make_shared<Exchange>();
  TEE_TRY(exchange->device, system.open(kNsm));
  exchange->request = to_bytes(request);
  exchange->raw = {reinterpret_cast<std::uintptr_t>(exchange->request.data()), exchange->request.size(),
                   reinterpret_cast<std::uintptr_t>(exchange->response.data()), exchange->response.size()};
  TEE_TRY(const int error, with_deadline(limit, kNsm, [exchange] {
    return ::ioctl(exchange->device.get(), kNsmRawIoctl, &exchange->raw) == 0 ? 0 : errno;
  }));
  if (error != 0) return tl::unexpected(system_error(error, kNsm));
  const std::uint64_t size = exchange->raw.response_size;
  if (size == 0 || size > exchange->response.size()) return tl::unexpected(malformed("an answer of " + std::to_string(size) + " bytes"));
  return Bytes(exchange->response.begin(), exchange->response.begin() + static_cast<std::ptrdiff_t>(size));
}

Bytes nsm_describe_request() {
  Bytes out;
  cbor::put_text(out, "DescribeNSM");
  return out;
}

Result<NsmDescription> nsm_description(ByteView response) {
  TEE_TRY(const Answer answer, answer_of(response, "DescribeNSM"));
  const auto number = [&](std::string_view name) -> std::uint64_t {
    const cbor::Item* item = answer.body->find(name);
    return item && item->is(cbor::Type::unsigned_int) ? item->number : 0;
  };
  const auto text = [&](std::string_view name) {
    const cbor::Item* item = answer.body->find(name);
    return item && item->is(cbor::Type::text) ? printable(item->text(), 128) : std::string();
  };
  NsmDescription out;
  out.major = static_cast<unsigned>(number("version_major"));
  out.minor = static_cast<unsigned>(number("version_minor"));
  out.patch = static_cast<unsigned>(number("version_patch"));
  out.module_id = text("module_id");
  out.max_pcrs = number("max_pcrs");
  out.digest = text("digest");
  if (const cbor::Item* locked = answer.body->find("locked_pcrs"); locked && locked->is(cbor::Type::array)) out.locked_pcrs = locked->children.size();
  if (out.module_id.empty()) return tl::unexpected(malformed("the answer to DescribeNSM has no module_id"));
  return out;
}

Bytes nsm_attestation_request(const std::optional<Bytes>& user_data, const std::optional<Bytes>& nonce, const std::optional<Bytes>& public_key) {
  Bytes out;
  cbor::put_head(out, 5, 1);
  cbor::put_text(out, "Attestation");
  cbor::put_head(out, 5, 3);
  put_optional(out, "user_data", user_data);
  put_optional(out, "nonce", nonce);
  put_optional(out, "public_key", public_key);
  return out;
}

Result<Bytes> nsm_document(ByteView response) { return bytes_of(response, "Attestation", "document"); }

Bytes nsm_extend_request(unsigned pcr, ByteView data) {
  Bytes out;
  cbor::put_head(out, 5, 1);
  cbor::put_text(out, "ExtendPCR");
  cbor::put_head(out, 5, 2);
  cbor::put_text(out, "index");
  cbor::put_head(out, 0, pcr);
  cbor::put_text(out, "data");
  cbor::put_bytes(out, data);
  return out;
}

Result<Bytes> nsm_extended(ByteView response) {
  TEE_TRY(Bytes value, bytes_of(response, "ExtendPCR", "data"));
  if (value.size() != 48) return tl::unexpected(malformed("a register of " + std::to_string(value.size()) + " bytes"));
  return value;
}

}  // namespace tee::nitro
