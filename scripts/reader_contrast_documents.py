"""The kinds of document that ``reader_contrasts.py`` writes: titles, headings, and sentences that answer nothing."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DOMAINS", "Domain"]


@dataclass(frozen=True, slots=True)
class Domain:
    """What a kind of document is called, how its parts are headed, and what else people write in it."""

    titles: tuple[str, ...]
    headings: tuple[str, ...]
    fillers: tuple[str, ...]


def _domain(titles: str, headings: str, fillers: str) -> Domain:
    split = [tuple(" ".join(item.split()) for item in text.split(";")) for text in (titles, headings)]
    return Domain(split[0], split[1], tuple(" ".join(line.split()) for line in fillers.split("|")))


DOMAINS = {
    "notice": _domain(
        "Who is away; Absences; Cover for the coming weeks; Notice to all colleagues; Staff news",
        "Absences; Cover; Reachable; Please note",
        """Please enter your own days in the shared calendar as well. | Anything urgent goes to the front desk.
        | This list is brought up to date every week. | Thank you all for being flexible.
        | If something here is wrong, please say so. | The calendar in the hallway is not always right.""",
    ),
    "minutes": _domain(
        "Minutes; Minutes of the committee meeting; Record of the board meeting; Notes of the meeting",
        "Attendance; Decisions; Finances; Reports; Any other business",
        """The agenda was agreed without changes. | The minutes of the last meeting were accepted.
        | There was a lively discussion. | The matter will be taken up again. | Nobody had anything to add.
        | The figures were handed round on paper.""",
    ),
    "lease": _domain(
        "Lease; Tenancy agreement; Rental contract; Letting agreement; Agreement on the letting of a flat",
        "Term; Rent and charges; Use; Repairs; Ending the lease",
        """Both sides have received a copy. | Changes to this agreement need to be in writing.
        | If one clause is void, the others remain in force. | The tenant treats the rooms with care.
        | The house rules are part of this agreement. | A list of the furniture is attached.""",
    ),
    "house": _domain(
        "House rules; Rules of the house; Welcome to the house; Information for residents; Living together",
        "Rooms; Keys; Quiet; Repairs; Common areas",
        """Please think of your neighbours. | The stairs are kept clear at all times.
        | Questions are welcome at any time. | Rubbish is sorted. | Leave shared rooms as you would like to find them.
        | A copy of these rules hangs in the hallway.""",
    ),
    "memo": _domain(
        "Memo; Internal memo; Note to the team; Purchasing update; A few figures; Note for the file",
        "Purchases; Suppliers; Figures; Next steps",
        """Please treat this note as confidential. | The figures have not been audited.
        | I am happy to explain any of this in person. | More will follow in the next note.
        | The tables are in the shared folder. | Nothing in this note is final.""",
    ),
    "hr": _domain(
        "Staff handbook; HR policy; Working here; Employment terms; Personnel news; Policy on leave and notice",
        "Notice; Leave; Pay; Joining and leaving; Applications",
        """This policy applies to all sites. | Please talk to your manager first.
        | Local law comes before this policy. | The policy is reviewed from time to time.
        | Forms are on the intranet. | We want everybody to be treated fairly.""",
    ),
    "study": _domain(
        "Study report; Laboratory report; Results of the field trial; Report on the pilot study; Short report",
        "Methods; Participants; Results; Discussion; Limits",
        """The protocol was registered beforehand. | The results should be read with care.
        | Further work is needed. | All measurements were made twice. | The raw data can be had on request.
        | Earlier work had come to a different result.""",
    ),
    "event": _domain(
        "Programme; Festival programme; Open day; Programme of the conference; The week at a glance; Summer school",
        "Programme; Tickets; Rooms; Speakers; For visitors",
        """The programme may change at short notice. | Light refreshments are served.
        | Photographs are taken during the event. | We look forward to seeing you.
        | Please arrive in good time. | The building has step-free access.""",
    ),
    "club": _domain(
        "Club newsletter; News from the club; Members' letter; Club notes; Season's letter",
        "From the committee; Courses; Equipment; Results; Thanks",
        """New faces are always welcome. | The clubhouse has been given a good clean.
        | Thanks to all who helped. | Please hand in your stories for the next letter.
        | The weather was kind to us this year. | Bring a friend along.""",
    ),
    "delivery": _domain(
        "Delivery note; Goods in; Shipping log; Note on the delivery; Warehouse log; Orders",
        "Goods; Dates; Weights; Damage; Invoices",
        """Please check the goods on arrival. | Pallets are exchanged one for one.
        | The driver had a signature. | Keep this note with the papers. | Report damage at once.
        | The ramp was clear.""",
    ),
    "travel": _domain(
        "Travel plan; Itinerary; Trip notes; Our journey; Study trip; Travel information",
        "Getting there; Stops; Lodging; Tickets; On the way",
        """Please carry your passport. | Luggage is limited to one bag each.
        | Bring something warm. | Meals on the way are up to you. | Copies of all papers are with the leader.
        | Seats are not numbered.""",
    ),
    "handbook": _domain(
        "Handbook; Site handbook; Building handbook; Operating notes; How things work here; Caretaker's guide",
        "Equipment; Contacts; Rooms; Maintenance; Safety",
        """Read this before you touch anything. | Safety comes first. | When in doubt, ask.
        | Keep this book where others can find it. | Write down what you did.
        | Gloves are in the cupboard.""",
    ),
    "medical": _domain(
        "Information for patients; Package leaflet; Patient leaflet; Advice on your medicine; Ward notes",
        "How to take it; What it is for; Storage; Possible effects; On the ward",
        """Keep out of the reach of children. | Ask your doctor or pharmacist if you are unsure.
        | Read the whole leaflet first. | Do not share medicines with others.
        | Tell your doctor about everything you take. | This leaflet does not replace a talk with your doctor.""",
    ),
    "terms": _domain(
        "Terms of service; General terms; Terms and conditions; Conditions of sale; Contract terms",
        "Orders; Delivery; Returns; Data; Duration and notice",
        """These terms apply to all contracts with us. | Other terms do not apply, even if we do not object.
        | The law of the seller's country applies. | Please print a copy for your records.
        | We may change these terms. | Notices must be in text form.""",
    ),
    "project": _domain(
        "Project status; Status report; Progress report; Weekly update; Report to the steering group; Project notes",
        "Status; Budget; People; Risks; Next steps",
        """The overall status is green. | The steering group has been informed.
        | Risks are listed in the register. | The plan is in the shared folder.
        | There is nothing else to report. | Feedback is welcome.""",
    ),
    "town": _domain(
        "Around town; Town bulletin; Local news; Opening hours and prices; News from the district",
        "Opening hours; Prices; Roads; Clubs; News",
        """All information is given without guarantee. | Residents are asked to be patient.
        | The council thanks everybody for their support. | Please use the bins.
        | More can be read on the notice board. | The bulletin is free.""",
    ),
    "history": _domain(
        "Local history; A short history; Lives and firms; Chronicle; From the archive; Biographical notes",
        "Early years; People; Firms; Books; Later years",
        """Little is known about this time. | The sources do not agree in everything.
        | The old photographs are in the archive. | Times were hard. | Some of the papers were lost in a fire.
        | The street names still remind us of it.""",
    ),
}
