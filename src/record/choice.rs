//! The values that choices allow, as types: one enum a list of the field table.
//!
//! The names and labels stay in the table; a test holds both together.

use serde::{Deserialize, Serialize};

use crate::field;
use crate::language::Text;
use crate::privacy::NameStyle;

/// Declares an enum whose variants are the values of one list of choices.
macro_rules! choices {
    ($(#[doc = $doc:literal])+ $name:ident in $list:literal { $($(#[doc = $vdoc:literal])+ $variant:ident = $value:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[doc = $vdoc])+ #[serde(rename = $value)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the field table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// The name of the list in the field table and in the language files.
            pub const LIST: &'static str = $list;

            /// Returns the value as records and rules write it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)+
                }
            }

            /// Returns the label in both languages.
            pub fn label(self) -> Text {
                field::choices(Self::LIST).and_then(|list| list.label(self.name())).unwrap_or_else(|| Text::new(self.name(), self.name()))
            }
        }
    };
}

choices! {
    /// How a person's name appears in every output.
    Names in "names" {
        /// In full (全名).
        Full = "full",
        /// Surname only (姓氏).
        Surname = "surname",
        /// Initials (首字母).
        Initials = "initials",
    }
}

choices! {
    /// A sheet that a site may carry (打印材料).
    SheetName in "sheets" {
        /// The notice of a resolution or a meeting (公示).
        Notice = "notice",
        /// A resolution or minutes in the style of an official document (公文).
        Official = "official",
        /// A place's period at a glance (看板).
        Poster = "poster",
        /// Income, expenditure and balance (财务公开表).
        Finance = "finance",
        /// Scores and ranks (考核结果).
        Assessment = "assessment",
        /// The sheet that delegates sign (签字表).
        Signatures = "signatures",
        /// The card for an opinion (征求意见卡).
        Card = "card",
        /// The ballot (表决票).
        Ballot = "ballot",
        /// The written notice (书面通知).
        WrittenNotice = "written-notice",
        /// The periodic work report (工作报告).
        Report = "report",
        /// The script for the loudspeaker (广播稿).
        Broadcast = "broadcast",
    }
}

impl From<Names> for NameStyle {
    fn from(names: Names) -> Self {
        match names {
            Names::Full => Self::Full,
            Names::Surname => Self::Surname,
            Names::Initials => Self::Initials,
        }
    }
}

choices! {
    /// Levels of areas, from the top.
    Level in "level" {
        /// City (市).
        City = "city",
        /// County (县).
        County = "county",
        /// Township (乡镇).
        Township = "township",
        /// Village (村).
        Village = "village",
        /// Villagers' group (村民小组).
        Group = "group",
    }
}

choices! {
    /// Classes of bodies.
    BodyClass in "body_class" {
        /// Village party organisation (村党组织).
        VillagePartyBranch = "village-party-branch",
        /// Branch committee (支委会).
        BranchCommittee = "branch-committee",
        /// Village committee (村民委员会).
        VillageCommittee = "village-committee",
        /// Joint meeting of the two committees (两委联席会).
        JointMeeting = "joint-meeting",
        /// Village congress (村民代表大会).
        VillageCongress = "village-congress",
        /// Village assembly (村民会议).
        VillageAssembly = "village-assembly",
        /// Village supervisory committee (村务监督委员会).
        SupervisoryCommittee = "supervisory-committee",
        /// Collective members' meeting (成员大会).
        CollectiveMembers = "collective-members",
        /// Collective delegates' meeting (成员代表大会).
        CollectiveDelegates = "collective-delegates",
        /// Collective council (理事会).
        CollectiveCouncil = "collective-council",
        /// Township party committee (乡镇党委).
        TownshipPartyCommittee = "township-party-committee",
        /// Township government (乡镇政府).
        TownshipGovernment = "township-government",
        /// Township people's congress (乡镇人民代表大会).
        TownshipCongress = "township-congress",
        /// County party committee (县委).
        CountyPartyCommittee = "county-party-committee",
        /// County government (县政府).
        CountyGovernment = "county-government",
        /// City party committee (市委).
        CityPartyCommittee = "city-party-committee",
        /// City government (市政府).
        CityGovernment = "city-government",
        /// Other body (其他).
        Other = "other",
    }
}

choices! {
    /// Roles of people in bodies and meetings.
    Role in "role" {
        /// Chair (主席).
        Chair = "chair",
        /// Vice-chair (副主席).
        ViceChair = "vice-chair",
        /// Secretary (书记).
        Secretary = "secretary",
        /// Deputy secretary (副书记).
        DeputySecretary = "deputy-secretary",
        /// Director (主任).
        Director = "director",
        /// Deputy director (副主任).
        DeputyDirector = "deputy-director",
        /// Head (负责人).
        Head = "head",
        /// Member (委员).
        Member = "member",
        /// Delegate (代表).
        Delegate = "delegate",
        /// Supervisor (监督委员).
        Supervisor = "supervisor",
        /// Accountant (会计).
        Accountant = "accountant",
    }
}

choices! {
    /// Ways by which a notice reaches people.
    Way in "way" {
        /// Loudspeaker (广播).
        Broadcast = "broadcast",
        /// Notice board (公开栏).
        Board = "board",
        /// Website (网站).
        Web = "web",
        /// In writing (书面).
        Written = "written",
        /// At a meeting (会议).
        Meeting = "meeting",
        /// Group chat (微信群).
        GroupChat = "group-chat",
        /// Leaflet (明白纸).
        Leaflet = "leaflet",
        /// Telephone (电话).
        Telephone = "telephone",
    }
}

choices! {
    /// Channels by which opinions arrive.
    Channel in "channel" {
        /// Visit (走访).
        Visit = "visit",
        /// Forum (座谈会).
        Forum = "forum",
        /// Heart-to-heart meeting (恳谈会).
        HeartToHeart = "heart-to-heart",
        /// Field research (专题调研).
        Research = "research",
        /// Questionnaire (问卷).
        Questionnaire = "questionnaire",
        /// Soliciting visit (征求意见).
        Solicitation = "solicitation",
        /// Hotline (热线).
        Hotline = "hotline",
        /// Proposal by a deputy (代表委员提案).
        Deputy = "deputy",
        /// Opinion card (意见卡).
        Card = "card",
        /// Mailbox (意见箱).
        Mailbox = "mailbox",
        /// Meeting (会议).
        Meeting = "meeting",
    }
}

choices! {
    /// Who heard an opinion.
    HeardBy in "heard_by" {
        /// Committee member (两委成员).
        CommitteeMember = "committee-member",
        /// Party member (党员).
        PartyMember = "party-member",
        /// Delegate (村民代表).
        Delegate = "delegate",
        /// Official (干部).
        Official = "official",
    }
}

choices! {
    /// What became of an opinion.
    OpinionOutcome in "opinion_outcome" {
        /// Taken up (采纳).
        TakenUp = "taken-up",
        /// Merged (并案).
        Merged = "merged",
        /// Answered (已答复).
        Answered = "answered",
        /// Declined (未采纳).
        Declined = "declined",
        /// Pending (待处理).
        Pending = "pending",
    }
}

choices! {
    /// How pressing a demand is.
    Demand in "demand" {
        /// Urgent (急事).
        Urgent = "urgent",
        /// Practical (实事).
        Practical = "practical",
        /// Difficult (难事).
        Difficult = "difficult",
    }
}

choices! {
    /// What a vote decided.
    Outcome in "outcome" {
        /// Passed (通过).
        Passed = "passed",
        /// Rejected (未通过).
        Rejected = "rejected",
        /// Deferred (暂缓).
        Deferred = "deferred",
        /// No quorum (不足法定人数).
        NoQuorum = "no-quorum",
    }
}

choices! {
    /// How a vote is taken.
    Ballot in "ballot" {
        /// Open (公开表决).
        Open = "open",
        /// Secret (无记名投票).
        Secret = "secret",
        /// Show of hands (举手).
        ShowOfHands = "show-of-hands",
    }
}

choices! {
    /// What one vote is over.
    Voting in "voting" {
        /// Item by item (逐项).
        ItemByItem = "item-by-item",
        /// In one block (一并).
        Block = "block",
    }
}

choices! {
    /// How often assessments are made (12 + 4 + 2 + 1 a year).
    Cycle in "cycle" {
        /// Monthly inspection (月督查).
        Monthly = "monthly",
        /// Quarterly bulletin (季通报).
        Quarterly = "quarterly",
        /// Half-year analysis (半年分析).
        HalfYearly = "half-yearly",
        /// Year-end evaluation (年终总评).
        Yearly = "yearly",
    }
}

choices! {
    /// What the results of an assessment are used for.
    ResultUsed in "use" {
        /// Posts (选拔任用).
        Posts = "posts",
        /// Training (培养教育).
        Training = "training",
        /// Reward (奖励).
        Reward = "reward",
        /// Admonition (诫勉).
        Admonition = "admonition",
        /// Team building (班子建设).
        TeamBuilding = "team-building",
    }
}

choices! {
    /// How often an item of a catalogue is disclosed, or an indicator reported.
    Cadence in "cadence" {
        /// Monthly (每月).
        Monthly = "monthly",
        /// Quarterly (每季度).
        Quarterly = "quarterly",
        /// Half-yearly (每半年).
        HalfYearly = "half-yearly",
        /// Yearly (每年).
        Yearly = "yearly",
        /// At any time (随时).
        AnyTime = "any-time",
    }
}

choices! {
    /// Whether a target is a floor or a ceiling.
    Direction in "direction" {
        /// At least (不低于).
        AtLeast = "at-least",
        /// At most (不高于).
        AtMost = "at-most",
    }
}

choices! {
    /// The kind of record that fulfils an item of a catalogue.
    Fulfilment in "fulfilment" {
        /// A disclosure that names the item (公开事项).
        Disclosure = "disclosure",
        /// Accounts (财务).
        Finance = "finance",
        /// A meeting with its posting (会议).
        Meeting = "meeting",
        /// A matter with its posting (事项).
        Matter = "matter",
        /// An assessment (考核).
        Assessment = "assessment",
        /// A register of opinions (意见).
        Opinions = "opinions",
    }
}

choices! {
    /// Whose affairs a disclosure shows.
    Sphere in "sphere" {
        /// Village affairs (村务).
        Village = "village",
        /// Party affairs (党务).
        Party = "party",
        /// Government affairs (政务).
        Government = "government",
        /// Financial affairs (财务).
        Finance = "finance",
    }
}

choices! {
    /// What a coverage target counts.
    CoverageOf in "coverage_of" {
        /// Villages (村).
        Villages = "villages",
        /// Townships (乡镇).
        Townships = "townships",
    }
}

choices! {
    /// Currencies that amounts may be in.
    Currency in "currency" {
        /// Yuan (人民币).
        Cny = "CNY",
        /// Pounds (英镑).
        Gbp = "GBP",
        /// Dollars (美元).
        Usd = "USD",
        /// Euros (欧元).
        Eur = "EUR",
    }
}

choices! {
    /// Who puts an inquiry.
    Asker in "asker" {
        /// Delegate (村民代表).
        Delegate = "delegate",
        /// Resident (村民).
        Resident = "resident",
        /// Party member (党员).
        PartyMember = "party-member",
        /// People's congress deputy (人大代表).
        PeopleCongressDeputy = "people-congress-deputy",
        /// CPPCC member (政协委员).
        CppccMember = "cppcc-member",
        /// Supervisor (监督委员).
        Supervisor = "supervisor",
    }
}

choices! {
    /// The sex of a delegate or a candidate, where it is published.
    Sex in "sex" {
        /// Female (女).
        Female = "female",
        /// Male (男).
        Male = "male",
    }
}

choices! {
    /// What an election fills.
    ElectedOffice in "elected_office" {
        /// Delegates (村民代表).
        Delegates = "delegates",
        /// Chair of the congress (村代会主席).
        Chair = "chair",
        /// Village committee (村民委员会).
        Committee = "committee",
        /// Village supervisory committee (村务监督委员会).
        SupervisoryCommittee = "supervisory-committee",
        /// Other (其他).
        Other = "other",
    }
}

choices! {
    /// The form of an election.
    ElectionForm in "election_form" {
        /// General election (换届选举).
        General = "general",
        /// By-election (补选).
        ByElection = "by-election",
        /// Run-off for the seats left (另行选举).
        RunOff = "run-off",
        /// Recall (罢免).
        Recall = "recall",
    }
}

choices! {
    /// What an election came to.
    ElectionOutcome in "election_outcome" {
        /// Every seat was filled (选出).
        Elected = "elected",
        /// Some seats were filled (部分选出).
        PartlyElected = "partly-elected",
        /// Too few voted, or nobody had the votes (未选出).
        Failed = "failed",
        /// Declared void (选举无效).
        Void = "void",
        /// The recall was carried (罢免通过).
        Recalled = "recalled",
        /// The recall was not carried (罢免未通过).
        NotRecalled = "not-recalled",
    }
}

choices! {
    /// Posts and organs that lead, execute or inspect.
    Office in "office" {
        /// Party organisation (党组织).
        Party = "party",
        /// Committee (村委会).
        Committee = "committee",
        /// Congress (村代会).
        Congress = "congress",
        /// Government (政府).
        Government = "government",
    }
}

choices! {
    /// Ways of consulting (step 3 of the eight).
    ConsultWay in "consult_way" {
        /// General meeting of party members (党员大会).
        PartyMeeting = "party-meeting",
        /// Written notice to delegates and households (书面通知).
        WrittenNotice = "written-notice",
        /// Opinion cards (意见卡).
        Card = "card",
        /// Visits (走访).
        Visit = "visit",
        /// Talks (座谈).
        Talk = "talk",
    }
}

choices! {
    /// Stages of examination (step 4 of the eight), in their order.
    Stage in "stage" {
        /// Branch committee (支委会).
        BranchCommittee = "branch-committee",
        /// Expert hearing (论证会).
        ExpertHearing = "expert-hearing",
        /// Joint meeting (联席会).
        JointMeeting = "joint-meeting",
    }
}

choices! {
    /// Participants from outside the executing body.
    Participant in "participant" {
        /// Party delegate (党代表).
        PartyDelegate = "party-delegate",
        /// People's congress deputy (人大代表).
        PeopleCongressDeputy = "people-congress-deputy",
        /// CPPCC member (政协委员).
        CppccMember = "cppcc-member",
        /// Villagers' delegate (村民代表).
        VillagerDelegate = "villager-delegate",
        /// Resident (群众代表).
        Resident = "resident",
    }
}

choices! {
    /// Where a matter comes from.
    Origin in "origin" {
        /// Residents (群众).
        Residents = "residents",
        /// A superior's policy (上级).
        Superior = "superior",
    }
}

choices! {
    /// Meetings that evaluate.
    Review in "review" {
        /// Progress meeting (推进会).
        Progress = "progress",
        /// Stage summary (阶段总结会).
        StageSummary = "stage-summary",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares an enum with its list in the field table.
    macro_rules! same {
        ($($name:ident),+ $(,)?) => {
            $(
                let list = field::choices($name::LIST).expect($name::LIST);
                let table: Vec<&str> = list.values.iter().map(|value| value.0).collect();
                let names: Vec<&str> = $name::ALL.iter().map(|value| value.name()).collect();
                assert_eq!(names, table, "{}", $name::LIST);
            )+
        };
    }

    #[test]
    fn enums_have_the_values_of_the_field_table() {
        same!(
            Names,
            Level,
            BodyClass,
            Role,
            Way,
            Channel,
            HeardBy,
            OpinionOutcome,
            Demand,
            Outcome,
            Ballot,
            Voting,
            Cycle,
            ResultUsed,
            Sphere,
            CoverageOf,
            Currency,
            Asker,
            Sex,
            ElectedOffice,
            ElectionForm,
            ElectionOutcome,
            Office,
            ConsultWay,
            Stage,
            Participant,
            Origin,
            Review
        );
    }
}
